namespace Breakwater.Core.Access.Conditions;

internal enum NameOperatorKind
{
    Equals = 0,
    StartsWith,
    Like,
}
