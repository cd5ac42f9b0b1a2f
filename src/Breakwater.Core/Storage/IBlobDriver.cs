namespace Breakwater.Core.Storage;

/// <summary>
/// Where sealed objects lie. An object is written once under a unique id, becomes visible by a database row alone, and is never
/// overwritten or renamed; so a driver needs no atomic replace and no listing that can be trusted for correctness.
/// </summary>
public interface IBlobDriver
{
    /// <summary>Starts a new object.</summary>
    /// <exception cref="IOException">An object of that id exists, or the store cannot be written.</exception>
    IBlobWriter Create(Guid id);

    /// <returns>Null when there is no such object.</returns>
    IBlobReader? Open(Guid id);

    /// <summary>Removes an object; does nothing when there is none.</summary>
    void Delete(Guid id);

    /// <summary>All objects, in no order. Objects that come or go meanwhile may be missing.</summary>
    IEnumerable<StoredObject> List();

    /// <summary>Whether work that can wait may take so much more: more than that stays free for pushes.</summary>
    bool HasRoomFor(long bytes);

    /// <summary>Null while the store can be used; otherwise why not.</summary>
    string? Probe();
}
