using Breakwater.Core.Access.Decisions;
using Breakwater.Oci;

namespace Breakwater.Core.Access;

/// <summary><c>OperationDisallowed</c>: the caller may do it, and a lock or a rule forbids it to everybody.</summary>
public sealed class DisallowedException(ContentObstacle obstacle)
    : OciException(OciErrors.OperationDisallowed, $"{OciErrors.OperationDisallowed.Message} The {obstacle.On} {obstacle.Reason} {obstacle.Remedy}")
{
    public ContentObstacle Obstacle { get; } = obstacle;
}
