namespace Breakwater.Core.Repositories;

/// <summary>A change of the attributes of a repository, tag or manifest. Null leaves one as it is.</summary>
public sealed record ItemChange(bool? DeleteEnabled = null, bool? WriteEnabled = null, bool? ReadEnabled = null, bool? ListEnabled = null)
{
    internal bool IsEmpty => this is { DeleteEnabled: null, WriteEnabled: null, ReadEnabled: null, ListEnabled: null };
}
