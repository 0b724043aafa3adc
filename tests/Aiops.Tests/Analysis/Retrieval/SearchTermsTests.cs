using Aiops.Analysis.Retrieval;

namespace Aiops.Tests.Analysis.Retrieval;

public sealed class SearchTermsTests
{
    [Theory]
    [InlineData("Connection refused!", "connection refused")]
    [InlineData("checkoutDb", "checkout db checkoutdb")]
    [InlineData("orders-db is full.", "orders db orders-db is full")]
    [InlineData("http.server.request.duration", "http server request duration http.server.request.duration")]
    [InlineData("HTTPServerError5xx", "http server error5xx httpservererror5xx")]
    [InlineData("AWS::RDS::DBInstance", "aws rds db instance dbinstance")]
    [InlineData("결제 서버 장애", "결제 서버 장애")]
    [InlineData("연결이끊김", "연결 결이 이끊 끊김")]
    [InlineData("数据库连接池", "数据 据库 库连 连接 接池")]
    [InlineData("db연결", "db 연결")]
    [InlineData("ＤＢ", "db")]
    [InlineData("…!?", "")]
    [InlineData("", "")]
    public void Text_is_cut_into_what_people_search_by(string text, string terms) => string.Join(' ', SearchTerms.Of(text)).ShouldBe(terms);

    [Fact]
    public void A_term_is_cut_where_it_is_longer_than_anybody_types()
    {
        SearchTerms.Of(new string('a', SearchTerms.Longest)).ShouldHaveSingleItem().Length.ShouldBe(SearchTerms.Longest);
        SearchTerms.Of(new string('a', SearchTerms.Longest + 1)).ShouldHaveSingleItem().Length.ShouldBe(SearchTerms.Longest);
    }

    [Fact]
    public void Half_of_a_surrogate_pair_is_no_reason_to_fail() => SearchTerms.Of("disk \ud83d full").ShouldBe(["disk", "full"]);
}
