using Breakwater.Keys.Pkcs11;
using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;

namespace Breakwater.Testing.Tooling;

/// <summary>A token of SoftHSM in a folder of its own, and what its owner does with it. One for the process: the library reads where its tokens are when it is loaded.</summary>
public static class SoftHsm
{
    public const string Library = "/usr/lib/softhsm/libsofthsm2.so", Pin = "1234";

    private static readonly Lock Gate = new();
    private static readonly Pkcs11InteropFactories Factories = Pkcs11Native.CreateFactories();
    private static string? s_folder;

    public static bool IsThere => File.Exists(Library);

    /// <summary>The file that tells the library where its tokens are, for servers in processes of their own.</summary>
    public static string Configuration => Path.Combine(s_folder!, "softhsm2.conf");

    public static string Tokens => Path.Combine(s_folder!, "tokens");

    /// <summary>Makes a token of that label.</summary>
    public static void CreateToken(string label)
    {
        lock (Gate)
        {
            Prepare();
            // In this process: the library looks for tokens of other processes only when it is started.
            var library = Factories.Pkcs11LibraryFactory.LoadPkcs11Library(Factories, Library, AppType.MultiThreaded);
            var slot = library.GetSlotList(SlotsType.WithOrWithoutTokenPresent).First(slot => !slot.GetTokenInfo().TokenFlags.TokenInitialized);
            slot.InitToken("5678", label);
            using var session = slot.OpenSession(SessionType.ReadWrite);
            session.Login(CKU.CKU_SO, "5678");
            session.InitPin(Pin);
            session.Logout();
        }
    }

    /// <summary>Runs something on a session of the token, as a user who may write.</summary>
    public static T Use<T>(string token, Func<ISession, T> work)
    {
        // Not disposed: that would end the library for the provider too, which is in the same process.
        var library = Factories.Pkcs11LibraryFactory.LoadPkcs11Library(Factories, Library, AppType.MultiThreaded);
        using var session = library.GetSlotList(SlotsType.WithTokenPresent).First(slot => slot.GetTokenInfo().Label.TrimEnd() == token).OpenSession(SessionType.ReadWrite);
        try
        {
            session.Login(CKU.CKU_USER, Pin);
        }
        catch (Pkcs11Exception e) when (e.RV == CKR.CKR_USER_ALREADY_LOGGED_IN)
        {
            // By the provider.
        }
        return work(session);
    }

    /// <summary>Makes an AES key in the token.</summary>
    /// <param name="value">Null: a random one that never leaves it.</param>
    public static void CreateKey(string token, string label, byte id, byte[]? value = null, bool encrypts = true) => Use(token, session =>
    {
        List<IObjectAttribute> template =
        [
            Of(CKA.CKA_CLASS, CKO.CKO_SECRET_KEY), Of(CKA.CKA_KEY_TYPE, CKK.CKK_AES), Of(CKA.CKA_TOKEN, true), Of(CKA.CKA_PRIVATE, true), Of(CKA.CKA_SENSITIVE, true), Of(CKA.CKA_EXTRACTABLE, false),
            Of(CKA.CKA_ENCRYPT, encrypts), Of(CKA.CKA_DECRYPT, encrypts), Of(CKA.CKA_WRAP, true), Of(CKA.CKA_UNWRAP, true), Factories.ObjectAttributeFactory.Create(CKA.CKA_LABEL, label),
            Factories.ObjectAttributeFactory.Create(CKA.CKA_ID, [id]),
        ];
        if (value is not null)
            return session.CreateObject([.. template, Factories.ObjectAttributeFactory.Create(CKA.CKA_VALUE, value)]);
        using var mechanism = Factories.MechanismFactory.Create(CKM.CKM_AES_KEY_GEN);
        return session.GenerateKey(mechanism, [.. template, Factories.ObjectAttributeFactory.Create(CKA.CKA_VALUE_LEN, 32)]);
    });

    public static void DestroyKey(string token, string label) => Use(token, session =>
    {
        foreach (var key in session.FindAllObjects([Factories.ObjectAttributeFactory.Create(CKA.CKA_LABEL, label)]))
            session.DestroyObject(key);
        return 0;
    });

    /// <summary>Lets a key be used, or not.</summary>
    public static void Allow(string token, string label, bool isAllowed) => Use(token, session =>
    {
        foreach (var key in session.FindAllObjects([Factories.ObjectAttributeFactory.Create(CKA.CKA_LABEL, label)]))
            session.SetAttributeValue(key, [Of(CKA.CKA_ENCRYPT, isAllowed), Of(CKA.CKA_DECRYPT, isAllowed), Of(CKA.CKA_WRAP, isAllowed), Of(CKA.CKA_UNWRAP, isAllowed)]);
        return 0;
    });

    private static IObjectAttribute Of(CKA name, bool value) => Factories.ObjectAttributeFactory.Create(name, value);

    private static IObjectAttribute Of(CKA name, CKO value) => Factories.ObjectAttributeFactory.Create(name, value);

    private static IObjectAttribute Of(CKA name, CKK value) => Factories.ObjectAttributeFactory.Create(name, value);

    private static void Prepare()
    {
        if (s_folder is not null)
            return;
        s_folder = Directory.CreateTempSubdirectory("breakwater-hsm-").FullName;
        Directory.CreateDirectory(Tokens);
        File.WriteAllText(Configuration, $"directories.tokendir = {Tokens}\nobjectstore.backend = file\nlog.level = ERROR\nslots.removable = false\n");
        // The library reads the C environment, which .NET's own variables do not reach.
        NativeEnvironment.Set("SOFTHSM2_CONF", Configuration);
        Environment.SetEnvironmentVariable("SOFTHSM2_CONF", Configuration);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(s_folder, recursive: true);
    }
}
