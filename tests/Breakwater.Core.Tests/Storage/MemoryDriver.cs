using System.Collections.Concurrent;
using Breakwater.Core.Storage;

namespace Breakwater.Core.Tests.Storage;

/// <summary>A store whose objects a test can change.</summary>
internal sealed class MemoryDriver : IBlobDriver
{
    public ConcurrentDictionary<Guid, byte[]> Objects { get; } = new();

    public IBlobWriter Create(Guid id) => new Writer(this, id);

    public IBlobReader? Open(Guid id) => Objects.TryGetValue(id, out var bytes) ? new Reader(bytes) : null;

    public void Delete(Guid id) => Objects.TryRemove(id, out _);

    public IEnumerable<StoredObject> List() => Objects.Select(o => new StoredObject(o.Key, o.Value.Length, default));

    public bool HasRoomFor(long bytes) => true;

    public string? Probe() => null;

    private sealed class Writer(MemoryDriver driver, Guid id) : IBlobWriter
    {
        private readonly MemoryStream _bytes = new();

        public void Write(ReadOnlySpan<byte> bytes)
        {
            _bytes.Write(bytes);
            driver.Objects[id] = _bytes.ToArray();
        }

        public Task CompleteAsync() => Task.CompletedTask;

        public void Dispose() => _bytes.Dispose();
    }

    private sealed class Reader(byte[] bytes) : IBlobReader
    {
        public long Length => bytes.Length;

        public int Read(long offset, Span<byte> buffer)
        {
            var count = (int)Math.Clamp(bytes.Length - offset, 0, buffer.Length);
            bytes.AsSpan((int)Math.Min(offset, bytes.Length), count).CopyTo(buffer);
            return count;
        }

        public void Dispose()
        {
        }
    }
}
