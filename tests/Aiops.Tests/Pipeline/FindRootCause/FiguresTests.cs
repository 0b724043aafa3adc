using Aiops.Pipeline.FindRootCause;

namespace Aiops.Tests.Pipeline.FindRootCause;

public class FiguresTests
{
    [Theory]
    [InlineData(0.182, "s", "182 ms")]
    [InlineData(2.4, "s", "2.4 s")]
    [InlineData(0.00034, "s", "340 µs")]
    [InlineData(0, "s", "0 s")]
    [InlineData(119.6, "s", "120 s")]
    [InlineData(120, "s", "2 min")]
    [InlineData(7200, "s", "2 h")]
    [InlineData(1500, "Milliseconds", "1.5 s")]
    [InlineData(2_760_000_000, "By", "2.76 GB")]
    [InlineData(512, "Bytes", "512 B")]
    [InlineData(99.95, "%", "100 %")]
    [InlineData(99.5, "%", "99.5 %")]
    [InlineData(1, "{request}", "1 request")]
    [InlineData(1304.6, "{request}", "1,305 requests")]
    [InlineData(3, "By/s", "3 By/s")]
    [InlineData(0.000123456, "", "0.000123")]
    [InlineData(1e-20, "", "1e-20")]
    [InlineData(-4.5678, "1", "-4.57")]
    [InlineData(double.NaN, "1", "not a number")]
    public void Figures_have_three_digits_and_their_unit(double value, string unit, string text) => Figures.Value(value, unit).ShouldBe(text);
}
