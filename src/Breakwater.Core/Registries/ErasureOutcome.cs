namespace Breakwater.Core.Registries;

public enum ErasureOutcome
{
    /// <summary>The keys are in no file of the database any more, and the rows are gone.</summary>
    Done,

    /// <summary>The keys are destroyed; the journal may still hold them, wrapped, until the next attempt.</summary>
    JournalInUse,

    /// <summary>It is not deleted, or not since so long ago. Nothing was changed.</summary>
    NotDeleted,
}
