using Breakwater.Core.Registries;
using Breakwater.Core.Storage;

namespace Breakwater.Core.Rotation;

/// <summary>Who is told what happens in rotations.</summary>
public interface IRotationWitness
{
    /// <summary>Stored content is not what was pushed. It holds the rotation up.</summary>
    void Found(Registry registry, CorruptObjectException corrupt);

    /// <summary>A step failed; the next run tries again.</summary>
    void Failed(Registry registry, Exception problem);

    /// <summary>The old keys are destroyed.</summary>
    ValueTask DoneAsync(Registry registry, RootKeyRotation rotation);
}
