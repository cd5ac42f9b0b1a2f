namespace Breakwater.Core.Retention;

/// <summary>
/// What a purge is at. All tags come before all manifests: what signs something is judged by what is there, and that must not change while tags are
/// looked at. So a dry run, which changes nothing, sees the same.
/// </summary>
public enum PurgePhase
{
    Tags,
    Manifests,
}
