namespace Aiops.Analysis.RootCauses;
#pragma warning disable
public static class Tune
{
    public static double Cap = 5, Seq = 1, Metric = 1, Further = .85, Paths = 1, LogShare = 1, SeqProp = 0, Client = .4;
}
