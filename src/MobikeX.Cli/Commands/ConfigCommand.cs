using System.CommandLine;
using System.Reflection;
using System.Text;
using MobikeX.Cli.Run.Configuration;
using MobikeX.Cli.Terminal;

namespace MobikeX.Cli.Commands;

/// <summary><c>mobikex config</c>: configuration files of <c>mobikex run</c>.</summary>
internal static class ConfigCommand
{
    private const string SchemaName = "mobikex-config.schema.json";

    internal static Command Create(ToolConsole console)
    {
        var file = new Argument<string>("FILE") { Description = "A configuration file." };
        var check = new Command("check", "Read a configuration file and what it names, and start nothing. Exit code 0: it can be run; 2: it is wrong (path:line:col).") { file };
        check.SetAction(call => Check(console, call.GetValue(file)!));
        var schema = new Command("schema", "Print the JSON schema of configuration files, for editors. Exit code 0.");
        schema.SetAction(_ => console.Out.Write(Schema()));
        return new Command("config", "Configuration files of mobikex run.") { check, schema };
    }

    /// <summary>The JSON schema that the reader agrees with.</summary>
    internal static string Schema()
    {
        using Stream schema = Assembly.GetExecutingAssembly().GetManifestResourceStream(SchemaName)!;
        using var reader = new StreamReader(schema, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static int Check(ToolConsole console, string path)
    {
        using DaemonConfig config = ConfigReader.Load(path);
        foreach (string warning in config.Warnings)
        {
            console.WriteError(warning);
        }

        return ExitCode.Fine;
    }
}
