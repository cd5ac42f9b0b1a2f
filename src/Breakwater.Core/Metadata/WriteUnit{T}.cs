using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Breakwater.Core.Metadata;

internal sealed class WriteUnit<T>(Func<DbConnection, T> work) : WriteUnit
{
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;
    private Exception? _exception;

    public Task<T> Task => _completion.Task;

    public override void Execute(DbConnection connection)
    {
        try
        {
            _result = work(connection);
        }
        catch (SqliteException e) when (SqliteFailure.EndsTransaction(e))
        {
            throw;
        }
#pragma warning disable CA1031 // Whatever ends the unit belongs to its caller, not to the writer's thread.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Failed = true;
            _exception = e is SqliteException s ? SqliteFailure.ToOciException(s) : e;
        }
    }

    public override void Complete()
    {
        if (_exception is null)
            _completion.TrySetResult(_result!);
        else
            _completion.TrySetException(_exception);
    }

    public override void Fail(Exception reason) => _completion.TrySetException(_exception ?? reason);
}
