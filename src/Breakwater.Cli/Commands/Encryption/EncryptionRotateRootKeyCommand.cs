using System.CommandLine;
using Breakwater.Cli.Options;
using Breakwater.Cli.Output;
using Breakwater.Cli.Running;
using Breakwater.Client.Management;

namespace Breakwater.Cli.Commands.Encryption;

/// <summary><c>breakwater encryption rotate-root-key</c></summary>
internal sealed class EncryptionRotateRootKeyCommand : CliCommand
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly RegistryOptions registry = RegistryOptions.OrName();
    private readonly Option<bool> wait = new("--wait") { Description = "Return when the old root key is destroyed: some minutes at least." };

    public EncryptionRotateRootKeyCommand()
        : base("rotate-root-key", "Give a registry a new root key, encrypt its content anew in the background, and destroy the old key.")
    {
        registry.AddTo(this);
        Add(wait);
    }

    public override async Task<Answer> RunAsync(Invocation call)
    {
        var client = await call.RegistryAsync(registry);
        var rotation = await client.RotateRootKeyAsync(call.Stop);
        if (call.Value(wait))
            rotation = await call.WaitAsync("Encrypting anew…", report => WaitAsync(call, client, report));
        return Answer.Item(rotation, RootKeyColumns.All);
    }

    private static async Task<RootKeyRotation> WaitAsync(Invocation call, RegistryClient client, Action<string> report)
    {
        while (true)
        {
            var rotation = await client.GetRootKeyRotationAsync(call.Stop);
            if (rotation.EndTime is not null)
                return rotation;
            report($"{rotation.DoneItems} of {rotation.TotalItems} ({rotation.State})");
            await Task.Delay(Pause, call.Around.Clock, call.Stop);
        }
    }
}
