using System.CommandLine;
using System.Security.Cryptography;
using Breakwater.Cli.Running;
using Breakwater.Client.Errors;

namespace Breakwater.Cli.Options;

/// <summary>A password that is to be set: given as secrets are, or made here.</summary>
internal sealed class NewPassword
{
    // 24 of 62: more than 142 bits, and a double click selects all of it.
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const int Length = 24;

    private readonly SecretOptions given = new("password");
    private readonly Option<bool> generate = new("--generate-password") { Description = "Make a password, and show it." };

    public void AddTo(Command command)
    {
        given.AddTo(command);
        command.Add(generate);
    }

    public bool IsGiven(Invocation call) => given.IsGiven(call) || call.Value(generate);

    /// <returns>The password, and whether it is to be shown, since nobody knows it yet.</returns>
    public (string Password, bool IsNew) Read(Invocation call)
    {
        if (!call.Value(generate))
            return (given.Read(call, variable: null), false);
        return given.IsGiven(call)
            ? throw new BreakwaterException(ErrorKind.Invalid, "The password is to be made, and it is given.", "Leave --generate-password out, or the other.")
            : (RandomNumberGenerator.GetString(Alphabet, Length), true);
    }
}
