namespace Breakwater.Core.Access;

public enum PrincipalKind
{
    User = 0,
}
