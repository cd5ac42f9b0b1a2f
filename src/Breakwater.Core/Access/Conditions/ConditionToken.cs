namespace Breakwater.Core.Access.Conditions;

/// <param name="Position">Of its first character in the condition, from zero.</param>
/// <param name="Text">As written; of a literal what is between its quotes, of an invalid token what is wrong with it.</param>
internal readonly record struct ConditionToken(ConditionTokenKind Kind, int Position, string Text);
