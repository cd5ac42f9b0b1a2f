namespace Breakwater.Core.Tests.Installation;

/// <summary>A test class that works on an installation of its own.</summary>
public abstract class InstallationTest : IAsyncLifetime
{
    internal TestInstallation Here { get; private set; } = null!;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => Here = await TestInstallation.StartAsync();

    public ValueTask DisposeAsync() => Here.DisposeAsync();
}
