namespace MobikeX.Generators.Tests.Schema;

/// <summary>Sound specs, each of a few lines, that together have every kind of element, every kind of field and every key.</summary>
internal static class SmallSpecs
{
    private const string Header = "spec: demo\ntitle: Demo\ndocument: RFC 9999\nnamespace: Demo\n";

    private const string Carried = Header + "imports: [carrier.yaml]\n";

    public static IReadOnlyList<YamlTree> All { get; } =
    [
        .. new[]
        {
            Header + "doc: What it is for.\nref: ['1', RFC 7296 3.10]\nincludes: []",
            Header + "constants:\n  LIMIT: { value: 0x10, unit: octets, doc: A limit., ref: '1', errata: [], name: Bound }",
            Header + "registries:\n  KIND: { doc: A kind., ref: '1', errata: [], name: Kinds, width: 8, values: { A: 1, B: { value: 2, doc: B. } }, reserved: [0], unassigned: [3-5], private: 6-9, unnamed: kept }",
            Header + "registries:\n  KIND: { doc: A kind., width: 8, values: { A: 1, B: { value: 1, alias: true, ref: '1', errata: [], name: Bee } } }",
            Carried + "registries:\n  carrier.NOTIFY_TYPE: { values: { PONG: 16385 } }",
            Fields("- reserved: 8", "- reserved: { bits: 8 }", "- x: { bits: 8, min: 1, max: 9, values: [1, 2], unit: apples, ref: '1', doc: X., errata: [], name: Ex }"),
            Fields("- length: { bits: 16, measures: struct }", "- type: { bits: 8, const: 7, ref: '1', doc: Seven. }", "- rest: { octets: rest, min: 1, max: 8 }"),
            Fields("- has: { flag: true, doc: There is one. }", "- reserved: 7", "- inner: { struct: INNER, when: has }") + "  INNER: { doc: A point., byte-order: little, fields: [{ x: { bits: 16 } }] }\n",
            Fields("- family: { registry: FAMILY }", "- host: { address: { by: family, IPv4: four, IPv6: six } }") + "registries:\n  FAMILY: { doc: A family., width: 8, values: { four: 4, six: 6 } }\n",
            Fields("- kind: { bits: 8, registry: KIND, ref: '1' }", "- kinds: { list: { registry: KIND }, count: rest, min: 1, max: 4 }") + "registries:\n  KIND: { doc: A kind., width: 8 }\n",
            Fields("- host: { address: IPv4, doc: Who. }"),
            Fields("- source: { address: { by-length: { IPv4: 4, IPv6: 16 } } }"),
            Fields("- size: { bits: 8 }", "- name: { octets: { size: size, sizes: [2, 4] } }", "- key: { octets: 3, doc: A key. }", "- padding: { to: 4, doc: Zeroes. }"),
            Fields("- count: { bits: 8 }", "- ports: { list: { bits: 16 }, count: count, doc: Ports. }"),
            Fields("- length: { bits: 16, measures: rest }", "- words: { octets: rest, multiple: 4, doc: Words. }"),
            Header + """
                structs:
                  ONE: { doc: One., fields: [{ kind: { bits: 8, const: 1 } }] }
                  TWO: { doc: Two., fields: [{ kind: { bits: 8, const: 2 } }] }
                  OTHER: { doc: Any other., fields: [{ kind: { bits: 8 } }] }
                  ALL:
                    doc: All of them.
                    fields:
                      - size: { bits: 8 }
                      - first: { union: ANY, doc: The first., ref: '1', errata: [], name: Foremost }
                      - more: { list: { union: ANY }, size: size, min: 1, max: 9, doc: More., ref: '1', errata: [], name: Others }
                      - ones: { list: { struct: ONE }, count: rest }
                unions:
                  ANY: { doc: One of them., ref: '1', errata: [], name: Some, members: [ONE, TWO], otherwise: OTHER }
                """,
            Header + """
                registries:
                  TYPE: { doc: A type., width: 8, values: { A: 1 } }
                parameter-registry: TYPE
                parameters:
                  A: { doc: A., ref: '1', errata: [], name: First, fields: [{ type: { bits: 8, const: TYPE.A } }] }
                """,
            Header + """
                registries:
                  TYPE: { doc: A type., width: 16, values: { PING: 1 } }
                structs:
                  CARRIER:
                    doc: A carrier.
                    fields: [{ type: { registry: TYPE } }, { size: { bits: 8 } }, { spi: { octets: { size: size } } }, { data: { octets: rest } }]
                notify-payload: { struct: CARRIER, type: type, spi: spi, data: data, registry: TYPE, errors: 2-9 }
                """,
            Carried + """
                notifies:
                  PONG:
                    doc: An answer.
                    code: 16385
                    class: status
                    parameters:
                      host: { parameter: HOST, count: 1, where: { old: true }, doc: A host., ref: '1', errata: [], name: Peer }
                    rules:
                      - { some-set: [host.urgent], reason: Nothing is urgent., ref: '1', doc: Something is. }
                """,
            Carried + """
                notifies:
                  PONG:
                    doc: An answer.
                    code: 16385
                    parameters:
                      old: { parameter: HOST, count: 0..1, where: { old: true } }
                      new: { parameter: HOST, count: 0..1, where: { old: false } }
                    rules:
                      - { same: [old.address, new.address], reason: They differ. }
                      - { some-present: [old, new], reason: There is none. }
                """,
            Carried + """
                traits:
                  mood: { doc: A mood., ref: '1', errata: [], name: Humour, values: { good: Good., bad: { doc: Bad., ref: '1', errata: [], name: Ill } } }
                reactions:
                  ignore: { doc: Nothing., ref: '1', errata: [], name: Nothing, answer: PING, echo-id: true, echo-payload-type: true }
                notifies:
                  PING: { doc: Asks., ref: '1', errata: [], name: Ask, redefines: carrier.PING, data: ignored, spi: none, malformed: ignore, traits: { mood: good } }
                  BLOB: { doc: Octets., code: 16386, fields: [{ blob: { octets: 4 } }] }
                """,
            Header + """
                machines:
                  RETRY:
                    doc: Tries again.
                    ref: '1'
                    errata: []
                    name: Again
                    role: sender
                    initial: IDLE
                    events: { Go: Begin., Stop: { doc: End., ref: '1', errata: [], name: Halt } }
                    guards: { May: It may. }
                    actions: { Send: Send it. }
                    timers: { AGAIN: { milliseconds: 5, raises: Go, doc: Again., ref: '1', errata: [], name: Soon } }
                    states:
                      IDLE:
                        doc: Idle.
                        ref: '1'
                        errata: []
                        name: Waiting
                        on:
                          Go: [{ when: [not May], to: DONE, do: [Send, start AGAIN], react: ignore, ref: '1', doc: No., errata: [] }, { to: DONE }]
                        otherwise: ignore
                      DONE: { final: true }
                reactions:
                  ignore: { doc: Nothing. }
                """,
            Header + "errata:\n  R1: { ref: '1', conflict: Two., readings: [One., Two.], choice: Two., doc: About two. }",
        }.Select(YamlTree.Parse),
    ];

    private static string Fields(params string[] fields) => $"{Header}structs:\n  BOX:\n    doc: A box.\n    fields:\n{string.Concat(fields.Select(field => $"      {field}\n"))}";
}
