namespace Breakwater.Core.Access.Conditions;

internal enum ConditionTokenKind
{
    End = 0,
    Invalid,
    Word,
    Attribute,
    Literal,
    OpenParenthesis,
    CloseParenthesis,
    OpenBrace,
    CloseBrace,
    Comma,
    Not,
    And,
    Or,
}
