namespace Breakwater.Fuzz;

/// <summary>The product and its slow oracle disagree.</summary>
internal sealed class OracleException(string message) : Exception(message)
{
    public static void Require(bool holds, string what)
    {
        if (!holds)
            throw new OracleException(what);
    }
}
