namespace Breakwater.Core.Tests.Imports;

/// <summary>Says nothing for a while, and then all of it.</summary>
internal sealed class SilentStream(byte[] content, TimeSpan silence) : MemoryStream(content)
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await Task.Delay(silence, cancellationToken);
        return await base.ReadAsync(buffer, cancellationToken);
    }
}
