using System.Text.RegularExpressions;

namespace Aiops.Pipeline.Reason.Checks;

/// <summary>
/// Words of one meaning in the languages that ship: a claim may use any of them where what it cites uses any of them. Which
/// mechanisms, directions and deeds a sentence speaks of is all that is read from it; the rest of its meaning isn't.
/// </summary>
internal sealed partial class Concept(string name, string pattern)
{
    private readonly Regex words = new(pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Compiled, TimeSpan.FromSeconds(1));

    public string Name => name;

    public bool IsIn(string text) => words.IsMatch(text);

    public static Concept Up { get; } = new("up", @"\b(rose|ris(e|es|en|ing)|increas\w*|grew|grow\w*|climb\w*|jump\w*|spik\w*|surg\w*|higher|more often|times as frequent)\b|증가|상승|올라|올랐|늘어|늘었|높아|급증|치솟|급등");

    public static Concept Down { get; } = new("down", @"\b(fell|fall(s|en|ing)?|drop(s|ped|ping)?|decreas\w*|declin\w*|lower(ed)?|shrank|fewer|rarer)\b|감소|하락|떨어|줄어|줄었|낮아|급감");

    public static Concept Negation { get; } = new("negation", @"\b(not|no|never|none|nobody|nothing|neither|nor|without|cannot|hardly|absent|missing|gone)\b|n't\b|n’t\b|않|없|아니|아닙|아닌|못했|못하|무관");

    /// <summary>What lets evidence hold a "could not": it says that something failed, was refused or is away.</summary>
    public static Concept Inability { get; } = new("inability", @"\b(refus\w*|fail\w*|error\w*|unavailable|stopped|denied|timed out|reserved|exhausted|exceed\w*|no longer|slots)\b");

    /// <summary>What somebody ought to do, or what would be: nothing that was observed.</summary>
    public static Concept Ought { get; } = new(
        "ought", @"\b(should|must|needs?|needed|would|could be|might|may|perhaps|maybe|please|recommend\w*|consider|make(s)? sense|worth|better to|let us|let's|ignore|go back|sleep|watch|check|look at|make sure|ensure|seems?|appears? to|probably going)\b|십시오|하세요|해야|필요|권장|바랍니다|것 같|듯");

    public static Concept Before { get; } = new("before", @"\b(before|earlier|prior|ahead of|preced\w*|until|ago)\b|전에|이전|먼저|앞서");

    public static Concept After { get; } = new("after", @"\b(after\w*|later|follow\w*|subsequent\w*|then)\b|후에|이후|뒤에|뒤이어|나중");

    public static Concept First { get; } = new("first", @"\bfirst\b|먼저|처음|최초");

    public static Concept Last { get; } = new("last", @"\b(last|finally)\b|마지막");

    /// <summary>One thing bound to another: who stands first matters.</summary>
    public static Concept Relation { get; } = new(
        "relation", @"\b(depend\w*|calls?|called|calling|explain\w*|because|caus\w*|due to|from|wait\w*|names|needs?|needed|departed|answer\w*|report\w*|trouble|by|fault|victim|suffers)\b|의존|호출|설명|때문|원인|인해|먼저");

    /// <summary>Words that a report may not take lightly: each must stand in what is cited.</summary>
    public static IReadOnlyList<Concept> Weights { get; } =
    [
        new("all", @"\b(all|every\w*|entire(ly)?|complete(ly)?|total(ly)?|whol(e|ly)|always|both)\b|모두|모든|전부|완전|전체|항상"),
        new("only", @"\b(only|solely|alone|just|nothing but|exclusively)\b|만이|뿐|오직"),
        new("most", @"\b(most of|mostly|nearly|almost|majority|largely|mainly|hardly|barely|little|few|small part|a part|partly|third|fraction)\b|대부분|거의|일부|약간"),
        new("much", @"\b(explod\w*|massive\w*|huge\w*|catastroph\w*|collaps\w*|skyrocket\w*|dramatic\w*|severe\w*|total outage|fatal|down)\b|폭증|폭발|급격|심각|마비|다운"),
        new("well", @"\b(healthy|fine|recover\w*|resolved|normal\w*|unaffected|false alarm|back to|OK|okay|succe\w*|intact|stable|works|working|keeps running|running normally|harmless)\b|정상|복구|회복|해결|문제없|이상 없"),
    ];

    /// <summary>What a metric measures: a sentence about one isn't held by figures of another.</summary>
    public static IReadOnlyList<Concept> Signals => field ??= [.. Mechanisms.Where(one => one.Name is "errors" or "latency" or "processor" or "memory" or "connections" or "throttling")];

    public static Concept Cause { get; } = new(
        "cause", @"\b(caus\w*|because|due to|owing to|led to|leads to|trigger(s|ed|ing)?|responsible|culprit|to blame|root|explain\w*|results? (from|in)|stems? from|comes? from|brought about|names|behind|fault|leading|prime suspect|suffers|victim)\b|원인|때문|인해|탓|유발|초래|야기|비롯|설명");

    /// <summary>What somebody would do: it belongs into playbooks, and into a claim only where it is told as having happened.</summary>
    public static IReadOnlyList<Concept> Deeds { get; } =
    [
        new("delete", @"\b(delet\w*|drop(ping|ped)? (the|all|every|a|any|table|database|index|schema)|remov\w*|destroy\w*|eras\w*|wip(e|es|ed|ing)|purg\w*|truncat\w*|rm -\w+|terminat\w*|decommission\w*)\b|삭제|제거|폐기|지우|지웠|파기|드롭"),
        new("restart", @"\b(restart\w*|reboot\w*|bounce[sd]?|kill\w*|recycl\w*)\b|재시작|재부팅|재기동|강제 종료"),
        new("stop", @"\b(stop (the|all|every)|shut(ting)?( it| them)? down|shutdown|disabl\w*|suspend\w*|block\w*|isolat\w*|quarantin\w*|turn(ed|ing)? (it |them )?off|switch(ed|ing)? (it |them )?off)\b|중지|중단|비활성|차단|격리"),
        new("roll back", @"\b(roll(s|ed|ing)?[ -]?back\w*|rollback\w*|revert\w*|undo\w*|undid|restor(e|es|ed|ing))\b|롤백|되돌|원복|복원"),
        new("scale", @"\b(scal(e|es|ed|ing)|add(ing)? (more )?(capacity|instances|nodes|replicas)|provision\w*|resiz\w*)\b|확장|증설|스케일"),
        new("deploy", @"\b(re-?deploy\w*|deploy\w*|releas\w*|roll(s|ed|ing)? out|rollout|upgrad\w*|downgrad\w*|patch\w*|migrat\w*)\b|배포|출시|업그레이드|패치|마이그레이션"),
        new("run", @"\b(execut\w*|run (the|this|a|an)|invoke the|apply (the|this)|curl|sudo|chmod|kubectl|aws [a-z0-9-]+ [a-z-]+)\b|실행하|실행해|적용하"),
        new("grant", @"\b(grant\w*|revok\w*|rotat\w*|reset\w*|flush\w*|fail(ed|ing)?[ -]?over|failover|unlock\w*|escalat\w*|pag(e|ing) (the|somebody|someone))\b|권한 부여|회수|초기화|페일오버"),
        new("leave", @"\b(ignor\w*|mut(e|es|ed|ing)|silenc\w*|acknowledg\w*|snooz\w*|clos(e|es|ed|ing) the|replac(e|es|ing) its|mov(e|es|ing) (it|them|traffic|\w+ elsewhere)|switch(ed|ing)? to|cap(ped|ping)?)\b|무시|음소거|닫으|교체"),
        new("send", @"\b(e-?mail\w*|send (the|a|all|your)|click\w*|visit\w*|download\w*|forward\w* (the|a|to)|log ?in|sign ?in|password\w*|credential\w*|contact (the|us)|call (the|us|this))\b|이메일|전송하|클릭|다운로드|비밀번호|로그인"),
    ];

    /// <summary>How things break: one that the evidence doesn't speak of is somebody's invention.</summary>
    public static IReadOnlyList<Concept> Mechanisms { get; } =
    [
        new("memory", @"\b(memory|heap|swap|ram)\b|메모리|힙"),
        new("leak", @"\bleak\w*\b|누수"),
        new("out of memory", @"\b(oom\w*|out of memory)\b|메모리 부족"),
        new("garbage collection", @"\b(garbage|gc|stop-the-world)\b|가비지"),
        new("processor", @"\b(cpu\w*|processor\w*|cores?)\b|CPUUtilization|프로세서"),
        new("disk", @"\b(disks?|volumes?|storage|filesystem|iops|inode\w*)\b|디스크|스토리지|볼륨"),
        new("network", @"\b(network\w*|packets?|bandwidth|routing|router|switch(es)?|cables?|fib(re|er)|vpn|nat)\b|네트워크|패킷|대역폭"),
        new("names", @"\b(dns|resolver|domain)\b|도메인"),
        new("certificate", @"\b(certificate\w*|tls|ssl|handshake|expired)\b|인증서|만료"),
        new("access", @"\b(permission\w*|iam|unauthori[sz]ed|forbidden|access denied|authenticat\w*|authori[sz]ation|token|oauth)\b|권한|인증"),
        new("database", @"\b(databases?|db|sql|mysql|postgres\w*|aurora|rds|dynamodb|mongo\w*|oracle|cassandra)\b|데이터베이스|DB"),
        new("locks", @"\b(deadlock\w*|locks?|locked|locking|contention)\b|교착|잠금|락"),
        new("queries", @"\b(quer(y|ies)|index(es)?|schema|full scan)\b|쿼리|인덱스|스키마"),
        new("replicas", @"\b(replica\w*|failover|standby|primary)\b|복제본|복제"),
        new("fullness", @"\b(full|exhaust\w*|ran out|run out|used up|saturat\w*)\b|가득|고갈|소진|포화"),
        new("cache", @"\b(caches?|caching|redis|memcached|elasticache|cdn|eviction\w*)\b|캐시"),
        new("queue", @"\b(queues?|queued|queuing|queueing|backlog|sqs|kafka|rabbitmq|kinesis|consumers?|lag)\b|큐|대기열|적체"),
        new("connections", @"\b(connections?|pools?|sockets?|ports?|file descriptors?|threads?)\b|커넥션|소켓|스레드|연결 풀"),
        new("throttling", @"\b(throttl\w*|rate[ -]limit\w*|quota\w*|capacity|limits?)\b|스로틀|제한|할당량|용량"),
        new("timeout", @"\b(time[ds]?[ -]?outs?|timed out)\b|타임아웃|시간 초과"),
        new("attack", @"\b(attack\w*|hack\w*|breach\w*|ransom\w*|malware|ddos|intru\w*|exploit\w*|injection|vulnerab\w*|compromis\w*|exfiltrat\w*|bots?|crypto\w*)\b|공격|해킹|침입|랜섬|악성|취약"),
        new("hardware", @"\b(hardware|power|cooling|fire|flood|rack|data ?cent(er|re)|availability zone|region\w*)\b|하드웨어|전원|화재|데이터센터|가용 영역|리전"),
        new("provider", @"\b(third[ -]party|vendor|provider|upstream provider|isp|aws outage|cloud provider)\b|외부 업체|공급자|서드파티"),
        new("configuration", @"\b(config\w*|setting\w*|feature flags?|parameter\w*|misconfigur\w*|environment variable\w*)\b|설정|구성 ?(변경|오류|값)|플래그|파라미터"),
        new("code", @"\b(bugs?|regression\w*|null|exception\w*|stack trace|code|race condition|infinite loop|recursion)\b|버그|예외|코드|회귀|무한 루프"),
        new("traffic", @"\b(traffic|users?|customers?|visitors?|load)\b|트래픽|사용자|고객|부하"),
        new("occasion", @"\b(sale|campaign|promotion\w*|marketing|event|holiday|launch|crawler\w*|scheduled|job|batch|backup|report(ing)? job)\b|행사|캠페인|이벤트|프로모션|마케팅|할인|예약 작업|배치"),
        new("errors", @"\b(errors?|fail\w*|fault\w*|5xx|exception\w*|refus\w*|reject\w*)\b|5XX|오류|실패|에러|거부"),
        new("latency", @"\b(latenc\w*|duration\w*|slow\w*|response times?|delay\w*|takes longer|waits?)\b|지연|응답 시간|느려|소요 시간"),
        new("crash", @"\b(crash\w*|panic\w*|abort\w*|segfault\w*|killed)\b|비정상 종료|충돌|크래시"),
        new("cold start", @"\bcold start\w*\b|콜드 스타트"),
        new("hot spot", @"\bhot (partition|key|spot|shard)\w*\b|핫 ?(파티션|키|샤드)"),
        new("retry", @"\bretr(y|ies|ied|ying)\b|재시도"),
        new("firewall", @"\b(firewall\w*|security groups?|acl)\b|방화벽"),
        new("health check", @"\bhealth[ -]checks?\b|상태 검사|헬스 ?체크"),
        new("money", @"\b(costs?|bill\w*|revenue|dollars?|euros?|usd|losses|refund\w*)\b|비용|매출|손실|달러|환불"),
        new("data", @"\b(data loss|lost data|corrupt\w*|inconsisten\w*|duplicat\w*)\b|데이터 손실|손상|유실|중복"),
        new("people", @"\b(human error|operator\w*|engineers?|somebody|someone|employee\w*|team|intern|admin\w*|contractor\w*)\b|담당자|직원|개발자|운영자|관리자|실수|팀"),
        new("clock", @"\b(clocks?|ntp|time zone|leap)\b|시계|시간대"),
    ];
}
