namespace Breakwater.Oci;

/// <summary>The page of a list that a client asks for. Distribution specification, "Listing Tags".</summary>
/// <param name="N">At most so many entries, 0 or more; null: the client left it open. The caller clamps it to its own limit.</param>
/// <param name="Last">Entries after this one; null: from the beginning.</param>
public sealed record Page(int? N, string? Last);
