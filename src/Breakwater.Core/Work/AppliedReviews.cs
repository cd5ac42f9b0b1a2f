namespace Breakwater.Core.Work;

internal sealed record AppliedReviews(int Reviewed, IReadOnlyList<ReviewedBlob> Removed);
