using System.CommandLine;
using MobikeX.Cli.Captures;
using MobikeX.Cli.Decoding;
using MobikeX.Cli.Notation;
using MobikeX.Cli.Terminal;
using MobikeX.Protocol;
using MobikeX.Protocol.Ikev2;

namespace MobikeX.Cli.Commands;

/// <summary><c>mobikex decode</c>: octets to the notation.</summary>
internal static class DecodeCommand
{
    internal static Command Create(ToolConsole console)
    {
        var hex = new Argument<string[]>("HEX")
        {
            Description = "A chain of payloads that starts with a Notify, in hexadecimal digits; blanks and colons are passed over. '-' reads them from standard input.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var file = new Option<string?>("--file") { Description = "A file with such a chain in binary, or a pcap or pcapng capture of IKEv2 on UDP.", HelpName = "FILE" };
        Option<MobikeVersion> version = VersionOption.Create();
        Option<bool> json = JsonOption.Create();
        var command = new Command(
            "decode",
            "Print each payload with its parameters, and what is wrong with it. Offsets count octets from the start of the input. "
            + "Exit code 0: nothing is wrong; 1: there are problems; 2: the input cannot be read at all.")
        {
            hex, file, version, json,
        };
        command.SetAction(call => Run(console, ReadInput(console, call.GetValue(hex)!, call.GetValue(file)), ProtocolReading.Of(call.GetValue(version)), call.GetValue(json)));
        return command;
    }

    private static int Run(ToolConsole console, byte[] input, ProtocolReading reading, bool json)
    {
        var problems = new List<Problem>();
        if (CaptureFile.IsCapture(input))
        {
            List<DecodedMessage> messages = new CaptureDecoder(reading, problems).Decode(input);
            if (json)
            {
                JsonText.WriteLine(console.Out, writer => DecodedJson.WriteCapture(writer, messages, problems));
            }
            else
            {
                DecodedTree.WriteCapture(console.Rich, messages, problems);
            }
        }
        else
        {
            List<DecodedPayload> payloads = new ChainDecoder(reading, problems).Decode(input, 0, PayloadType.Notify);
            if (json)
            {
                JsonText.WriteLine(console.Out, writer => DecodedJson.WriteChain(writer, payloads, problems));
            }
            else
            {
                DecodedTree.WriteChain(console.Rich, payloads, problems);
            }
        }

        return problems.Count == 0 ? ExitCode.Fine : ExitCode.No;
    }

    private static byte[] ReadInput(ToolConsole console, string[] words, string? file)
    {
        if (file is not null && words.Length > 0)
        {
            throw new InputException("decode: HEX and --file exclude each other");
        }

        byte[] octets;
        if (file is not null)
        {
            octets = InputFile.ReadBytes(file);
        }
        else
        {
            string text = words is [] or ["-"] ? InputFile.ReadText("standard input", console.In) : string.Join(' ', words);
            if (!HexText.TryRead(text, out octets, out int fault))
            {
                throw new InputException($"offset {fault}: not {HexText.Expected}: '{text[fault]}'");
            }
        }

        return octets.Length > 0 ? octets : throw new InputException("offset 0: there is nothing to decode");
    }
}
