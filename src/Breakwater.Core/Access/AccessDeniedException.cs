using Breakwater.Core.Access.Decisions;
using Breakwater.Oci;

namespace Breakwater.Core.Access;

/// <summary><c>Denied</c>, by Core: the caller came through the gate, and lacks a right that only the operation knew to ask for.</summary>
/// <param name="lacking">What the caller was not granted.</param>
/// <param name="clientMessage">What the client reads; null: the row's own message.</param>
/// <param name="obstacle">The policy that asks for the right; null: none does.</param>
public sealed class AccessDeniedException(RepositoryActions lacking, string? clientMessage = null, ContentObstacle? obstacle = null) : OciException(OciErrors.Denied, clientMessage)
{
    public RepositoryActions Lacking { get; } = lacking;

    public ContentObstacle? Obstacle { get; } = obstacle;
}
