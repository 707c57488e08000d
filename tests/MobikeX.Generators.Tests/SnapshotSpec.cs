using MobikeX.Generators.Syntax;

namespace MobikeX.Generators.Tests;

/// <summary>A small spec with every kind of field, and a machine with a timer.</summary>
internal static class SnapshotSpec
{
    public static SpecFile File { get; } = new("kinds.yaml", """
        spec: kinds
        title: All kinds
        document: RFC 9999
        namespace: Kinds
        registries:
          LEVEL:
            ref: "1"
            doc: How bright.
            width: 12
            values:
              OFF: { value: 0, doc: Dark. }
              DIM: { value: 1, doc: Half. }
              HALF: { value: 1, alias: true, doc: Another word for DIM. }
              FULL: { value: 4095, doc: Bright. }
            reserved: [2-9]
            private: [4000-4094]
            unnamed: malformed
          FAMILY:
            ref: "1"
            doc: A family of addresses.
            width: 4
            values:
              four: { value: 4, doc: IPv4. }
              six: { value: 6, doc: IPv6. }
            unnamed: malformed
        structs:
          POINT:
            ref: "2"
            doc: A point.
            fields:
              - x: { bits: 16, doc: Across. }
              - y: { bits: 16, doc: Down. }
          EVERYTHING:
            ref: "3"
            doc: Every kind of field in network byte order.
            fields:
              - hasPoint: { flag: true, doc: The point is there. }
              - loud: { flag: true, doc: Loud. }
              - reserved: 2
              - level: { bits: 12, registry: LEVEL, doc: How bright. }
              - length: { bits: 16, measures: struct, doc: Octets of the whole. }
              - family: { bits: 4, registry: FAMILY, doc: The family of the host. }
              - small: { bits: 4, min: 1, max: 9, doc: From 1 to 9. }
              - odd: { bits: 24, values: [1, 3, 65537], doc: One of three numbers. }
              - nameSize: { bits: 8, doc: Octets of the name. }
              - count: { bits: 16, doc: How many ports. }
              - wide: { bits: 64, unit: octets, doc: A large number. }
              - key: { octets: 8, doc: Eight octets. }
              - name: { octets: { size: nameSize, sizes: [2, 4] }, doc: A short name. }
              - point: { struct: POINT, when: hasPoint, doc: Where. }
              - host: { address: { by: family, IPv4: four, IPv6: six }, doc: Who. }
              - ports: { list: { bits: 16 }, count: count, min: 1, max: 4, doc: The ports. }
              - padding: { to: 4 }
              - rest: { octets: rest, max: 100, doc: What is left. }
          LITTLE:
            ref: "4"
            doc: Numbers in the other byte order.
            byte-order: little
            fields:
              - a: { bits: 16, doc: Two octets. }
              - b: { bits: 24, doc: Three octets. }
              - c: { bits: 32, doc: Four octets. }
              - hosts: { address: IPv6, doc: Fixed family. }
          NAMED:
            ref: "4"
            doc: A thing with a name.
            fields:
              - type: { bits: 8, const: 1 }
              - length: { bits: 8, measures: rest, doc: Octets of the name. }
              - name: { octets: rest, multiple: 2, doc: Its name. }
          PLACED:
            ref: "4"
            doc: A thing that is somewhere.
            fields:
              - type: { bits: 8, const: 2 }
              - reserved: 4
              - level: { bits: 12, registry: LEVEL, doc: How bright it is. }
              - point: { struct: POINT, doc: Where it is. }
          OTHER:
            ref: "4"
            doc: Any other thing.
            fields:
              - type: { bits: 8, doc: What it is. }
          COLLECTION:
            ref: "4"
            doc: Things and points.
            fields:
              - count: { bits: 8, doc: How many points. }
              - size: { bits: 16, doc: Octets of the things. }
              - points: { list: { struct: POINT }, count: count, max: 9, doc: Points. }
              - first: { union: THING, doc: The first thing. }
              - things: { list: { union: THING }, size: size, doc: More things. }
              - last: { list: { struct: PLACED }, count: rest, min: 1, doc: Things that are somewhere. }
        unions:
          THING:
            ref: "4"
            doc: A thing.
            members: [NAMED, PLACED]
            otherwise: OTHER
        machines:
          LAMP:
            ref: "5"
            doc: A lamp that goes out by itself.
            role: lamp
            initial: DARK
            events:
              Pressed: The button is pressed.
              TimedOut: The time is over.
            guards:
              Broken: The lamp is broken.
            actions:
              Shine: It shines.
              Fade: It goes out.
            timers:
              GLOW: { seconds: 30, raises: TimedOut, ref: "5", doc: How long it shines. }
            states:
              DARK:
                doc: No light.
                ref: "5"
                on:
                  Pressed:
                    - { when: [Broken], ref: "5" }
                    - { to: LIT, do: [Shine, start GLOW], ref: "5" }
                otherwise: ignore
              LIT:
                doc: Light.
                ref: "5"
                on:
                  Pressed:
                    - { to: DARK, do: [stop GLOW, Fade], ref: "5" }
                  TimedOut:
                    - { to: DARK, do: [Fade], ref: "5" }
        """);
}
