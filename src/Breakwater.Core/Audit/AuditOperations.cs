namespace Breakwater.Core.Audit;

/// <summary>The values of <c>OperationName</c>. Those of logins and repositories are ACR's where it has one.</summary>
public static class AuditOperations
{
    public const string Login = "Login";

    public const string Pull = "Pull";
    public const string Push = "Push";
    public const string Delete = "Delete";
    public const string Untag = "Untag";

    /// <summary>What somebody took out of the recycle bin. ACR's name for it is not known.</summary>
    public const string Restore = "Restore";

    /// <summary>What a rule removed: the retention policy, the end of its time in the recycle bin, or a purge that somebody asked for.</summary>
    public const string PurgeManifest = "Purge Manifest";

    public const string PurgeTag = "Purge Tag";

    /// <summary>Locks of a repository, a tag or a manifest. ACR records no such thing.</summary>
    public const string Update = "Update";

    /// <summary>Lists and properties. Recorded only when refused.</summary>
    public const string Read = "Read";

    /// <summary>A registry's content was closed or opened since its customer's key may not, or may again, be used.</summary>
    public const string KeyClosed = "Close Registry";

    public const string KeyReopened = "Reopen Registry";

    /// <summary>A registry's root keys were wrapped by a new version of its key.</summary>
    public const string KeyFollowed = "Follow Key";

    /// <summary>A registry's content is under a new root key, and the old one gone.</summary>
    public const string RootKeyDestroyed = "Destroy Root Key";

    /// <summary>Pulls and refusals whose records did not fit the queue; <see cref="AuditRecord.Count"/> says how many.</summary>
    public const string Lost = "Lost";
}
