using System.Data;
using Breakwater.Oci;
using Dapper;

namespace Breakwater.Core.Metadata;

/// <summary>How the domain's values stand in columns: ids and digests as text, times as milliseconds since 1970.</summary>
internal static class RowTypes
{
    private static readonly Lock Gate = new();
    private static bool s_registered;

    public static void Register()
    {
        lock (Gate)
        {
            if (s_registered)
                return;
            DefaultTypeMap.MatchNamesWithUnderscores = true;
            SqlMapper.RemoveTypeMap(typeof(Guid));
            SqlMapper.RemoveTypeMap(typeof(Guid?));
            SqlMapper.RemoveTypeMap(typeof(DateTimeOffset));
            SqlMapper.RemoveTypeMap(typeof(DateTimeOffset?));
            SqlMapper.AddTypeHandler(new GuidText());
            SqlMapper.AddTypeHandler(new DigestText());
            SqlMapper.AddTypeHandler(new Milliseconds());
            s_registered = true;
        }
    }

    private sealed class GuidText : SqlMapper.TypeHandler<Guid>
    {
        public override Guid Parse(object value) => Guid.ParseExact((string)value, "N");

        public override void SetValue(IDbDataParameter parameter, Guid value)
        {
            parameter.DbType = DbType.String;
            parameter.Value = value.ToString("N");
        }
    }

    private sealed class DigestText : SqlMapper.TypeHandler<Digest>
    {
        public override Digest Parse(object value) => Digest.Parse((string)value);

        public override void SetValue(IDbDataParameter parameter, Digest? value)
        {
            parameter.DbType = DbType.String;
            parameter.Value = (object?)value?.Value ?? DBNull.Value;
        }
    }

    private sealed class Milliseconds : SqlMapper.TypeHandler<DateTimeOffset>
    {
        public override DateTimeOffset Parse(object value) => DateTimeOffset.FromUnixTimeMilliseconds((long)value);

        public override void SetValue(IDbDataParameter parameter, DateTimeOffset value)
        {
            parameter.DbType = DbType.Int64;
            parameter.Value = value.ToUnixTimeMilliseconds();
        }
    }
}
