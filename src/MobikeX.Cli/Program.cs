using System.Text;
using MobikeX.Cli;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
using Stream input = Console.OpenStandardInput();
return MobikeXCli.Run(args, input, Console.Out, Console.Error, terminal: !Console.IsOutputRedirected);
