namespace Breakwater.Server.Audit;

/// <summary>Which outcomes of a route have a record. Refusals are 401 to credentials, 403 and 429.</summary>
internal enum AuditedOutcomes
{
    /// <summary>None, not even refusals. A sign-in that was part of the request has a record all the same.</summary>
    None,

    Refusals,

    /// <summary>And 200 and 206: content was given out.</summary>
    Content,

    /// <summary>And 201, and failures: something may have come into being. An upload's 202 is a step, not a push.</summary>
    Creation,

    /// <summary>All.</summary>
    All,
}
