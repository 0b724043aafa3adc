namespace Amazon.Lambda.Core;

/// <summary>The log of whichever function runs in this process; the console outside Lambda.</summary>
public static class LambdaLogger
{
    private static Action<string, Exception, string, object[]> write = ToConsole;

    public static void Log(string message) => write(null, null, message, []);

    public static void Log(string level, string message) => write(level, null, message, []);

    public static void Log(LogLevel level, string message) => Log(level.ToString(), message);

    public static void Log(string level, string message, params object[] args) => write(level, null, message, args);

    public static void Log(LogLevel level, string message, params object[] args) => Log(level.ToString(), message, args);

    public static void Log(string level, Exception exception, string message, params object[] args) =>
        write(level, exception, message, args);

    public static void Log(LogLevel level, Exception exception, string message, params object[] args) =>
        Log(level.ToString(), exception, message, args);

    internal static void WriteTo(Action<string, Exception, string, object[]> writer) => write = writer;

    private static void ToConsole(string level, Exception exception, string message, object[] args)
    {
        Console.WriteLine(message);
        if (exception != null)
            Console.WriteLine(exception);
    }
}
