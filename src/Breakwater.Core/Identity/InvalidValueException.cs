namespace Breakwater.Core.Identity;

/// <summary>A value that whoever administers the directory has chosen is not acceptable. Nothing was changed.</summary>
/// <param name="message">For that person: what is wrong and what to do.</param>
public sealed class InvalidValueException(string message) : Exception(message);
