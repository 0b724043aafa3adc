namespace Aiops.Analysis.RootCauses;
#pragma warning disable
public static class Tune
{
    public static double Get(string name, double value) => double.TryParse(Environment.GetEnvironmentVariable("T_" + name), System.Globalization.CultureInfo.InvariantCulture, out var v) ? v : value;
    public static double Alpha = Get("alpha", 0.5), Beta = Get("beta", 0.4), Geo = Get("geo", 1), Max = Get("max", 6);
}
