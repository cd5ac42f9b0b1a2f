using System.Data.Common;

namespace Breakwater.Core.Metadata;

/// <summary>One unit of work that waits for the writer.</summary>
internal abstract class WriteUnit
{
    public bool Failed { get; protected set; }

    public abstract void Execute(DbConnection connection);

    public abstract void Complete();

    public abstract void Fail(Exception reason);
}
