using Aiops.Analysis.Drift;
using Aiops.Analysis.Telemetry;
using Aiops.Tests.Analysis.ChangePoints;

namespace Aiops.Tests.Analysis.Drift;

public class FalseAlarmsTests
{
    [Fact]
    public void A_threshold_and_its_rate_are_each_others_inverse()
        => FalseAlarms.MeasurementsBetween(FalseAlarms.ThresholdFor(20_000, 4, 1_024), 4, 1_024).ShouldBe(20_000, 0.01);

    [Fact]
    public void Fewer_false_alarms_ask_for_more_evidence()
        => FalseAlarms.ThresholdFor(100_000, 4, 1_024).ShouldBeGreaterThan(FalseAlarms.ThresholdFor(1_000, 4, 1_024));

    [Fact]
    public void On_normal_noise_there_are_no_more_false_alarms_than_stated()
    {
        const int Stated = 500;
        var settings = new DriftSettings
        {
            Kind = SignalKind.Other,
            MeasurementsPerFalseAlarm = Stated,
            LeastDeviations = 0,
            LeastRelativeRise = 0,
        };
        var (alarms, measurements) = (0, 0);
        for (var seed = 0; seed < 12; seed++)
        {
            var detector = new DriftDetector(settings);
            LevelShift? last = null;
            foreach (var value in Noise.Normal(1_000, seed))
            {
                detector.Add(new Measurement(measurements++, 100 + value));
                alarms += ReferenceEquals(detector.LastShift, last) ? 0 : 1;
                last = detector.LastShift;
            }
        }

        ((double)alarms / measurements).ShouldBeInRange(0.1 / Stated, 1.2 / Stated);
    }
}
