using Aiops.Analysis.Topology;

namespace Aiops.Pipeline.Comment.Report;

/// <summary>Places a graph in columns, callers left of what they call.</summary>
/// <remarks>
/// [Sugiyama1981] in its four steps: turn edges that close a cycle, put each component one column right of its furthest
/// caller, order each column by the mean place of its neighbours, then move everything towards its neighbours' height.
/// Ties go by name, so the same graph is always drawn the same.
/// [Sugiyama1981] K. Sugiyama, S. Tagawa, M. Toda: Methods for Visual Understanding of Hierarchical System Structures,
/// IEEE Transactions on Systems, Man, and Cybernetics 11(2), 1981.
/// </remarks>
internal sealed class LayeredLayout
{
    private const int Sweeps = 12;

    private readonly List<Node> nodes = [];
    private readonly List<List<Node>> columns = [];

    private LayeredLayout()
    {
    }

    /// <summary>One edge: the places it passes, from the caller to the callee.</summary>
    public sealed record Route(Call Call, IReadOnlyList<(int Column, double Row)> Points);

    public int Columns => columns.Count;

    public IReadOnlyDictionary<string, (int Column, double Row)> Places { get; private set; } = new Dictionary<string, (int, double)>();

    public IReadOnlyList<Route> Routes { get; private set; } = [];

    /// <summary>The lowest row in use; rows are counted from 0, one component high.</summary>
    public double LastRow { get; private set; }

    public static LayeredLayout Of(IEnumerable<string> components, IEnumerable<Call> calls)
    {
        var layout = new LayeredLayout();
        layout.Place([.. components.Order(StringComparer.Ordinal)], [.. calls.Where(call => call.Caller != call.Callee).Distinct().OrderBy(call => call.Caller, StringComparer.Ordinal).ThenBy(call => call.Callee, StringComparer.Ordinal)]);
        return layout;
    }

    private void Place(List<string> names, List<Call> calls)
    {
        var byName = names.ToDictionary(name => name, name => new Node(name));
        nodes.AddRange(byName.Values);
        var turned = CallsThatCloseCycles(names, calls);
        var directed = calls.Select(call => turned.Contains(call) ? (From: byName[call.Callee], To: byName[call.Caller]) : (From: byName[call.Caller], To: byName[call.Callee])).ToList();
        AssignColumns(directed);
        var chains = directed.Select(edge => Chain(edge.From, edge.To)).ToList();
        foreach (var group in nodes.GroupBy(node => node.Column).OrderBy(group => group.Key))
        {
            columns.Add([.. group]);
        }

        OrderColumns();
        AlignRows();
        Places = byName.ToDictionary(pair => pair.Key, pair => (pair.Value.Column, pair.Value.Row));
        Routes = [.. calls.Zip(chains, (call, chain) => new Route(call, [.. (turned.Contains(call) ? Enumerable.Reverse(chain) : chain).Select(node => (node.Column, node.Row))]))];
    }

    private static HashSet<Call> CallsThatCloseCycles(List<string> names, List<Call> calls)
    {
        var callees = calls.ToLookup(call => call.Caller);
        Dictionary<string, bool> done = []; // False while it is on the path being walked.
        HashSet<Call> turned = [];
        foreach (var root in names.OrderBy(name => calls.Any(call => call.Callee == name)).ThenBy(name => name, StringComparer.Ordinal))
        {
            Stack<(string Name, IEnumerator<Call> Next)> path = [];
            Enter(root);
            while (path.Count > 0)
            {
                var (name, next) = path.Peek();
                if (!next.MoveNext())
                {
                    done[name] = true;
                    path.Pop();
                }
                else if (!done.TryGetValue(next.Current.Callee, out var finished))
                {
                    Enter(next.Current.Callee);
                }
                else if (!finished)
                {
                    turned.Add(next.Current);
                }
            }

            void Enter(string name)
            {
                if (done.TryAdd(name, false))
                {
                    path.Push((name, callees[name].GetEnumerator()));
                }
            }
        }

        return turned;
    }

    private void AssignColumns(List<(Node From, Node To)> edges)
    {
        for (var moved = true; moved;) // Ends: without cycles no component moves further than there are components.
        {
            moved = false;
            foreach (var (from, to) in edges)
            {
                if (to.Column <= from.Column)
                {
                    to.Column = from.Column + 1;
                    moved = true;
                }
            }
        }

        foreach (var node in nodes.Where(node => edges.All(edge => edge.To != node))) // What nobody calls stands next to what it calls.
        {
            node.Column = edges.Where(edge => edge.From == node).Select(edge => edge.To.Column - 1).DefaultIfEmpty(0).Min();
        }
    }

    /// <summary>Long edges pass through places of their own, so that no component stands on them.</summary>
    private List<Node> Chain(Node from, Node to)
    {
        List<Node> chain = [from];
        for (var column = from.Column + 1; column < to.Column; column++)
        {
            var bend = new Node("") { Column = column };
            nodes.Add(bend);
            chain.Add(bend);
        }

        chain.Add(to);
        for (var i = 1; i < chain.Count; i++)
        {
            chain[i - 1].Right.Add(chain[i]);
            chain[i].Left.Add(chain[i - 1]);
        }

        return chain;
    }

    private void OrderColumns()
    {
        Number();
        var (best, fewest) = (Snapshot(), Crossings());
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            var rightwards = sweep % 2 == 0;
            for (var i = 1; i < columns.Count; i++)
            {
                var column = columns[rightwards ? i : columns.Count - 1 - i];
                column.Sort((a, b) => Mean(a).CompareTo(Mean(b)) is var order and not 0 ? order : a.Row.CompareTo(b.Row));
                Number(column);

                double Mean(Node node) => (rightwards ? node.Left : node.Right) is { Count: > 0 } near ? near.Average(other => other.Row) : node.Row;
            }

            if (Crossings() is var crossings && crossings < fewest)
            {
                (best, fewest) = (Snapshot(), crossings);
            }
        }

        for (var i = 0; i < columns.Count; i++)
        {
            (columns[i], _) = (best[i], 0);
        }

        Number();

        List<List<Node>> Snapshot() => [.. columns.Select(column => column.ToList())];
    }

    private int Crossings()
    {
        var crossings = 0;
        foreach (var column in columns)
        {
            var edges = column.SelectMany(node => node.Right.Select(right => (From: node.Row, To: right.Row))).ToList();
            for (var i = 0; i < edges.Count; i++)
            {
                for (var j = i + 1; j < edges.Count; j++)
                {
                    crossings += (edges[i].From - edges[j].From) * (edges[i].To - edges[j].To) < 0 ? 1 : 0;
                }
            }
        }

        return crossings;
    }

    private void AlignRows()
    {
        var tallest = columns.Max(column => column.Count);
        foreach (var column in columns)
        {
            for (var i = 0; i < column.Count; i++)
            {
                column[i].Row = i + ((tallest - column.Count) / 2.0);
            }
        }

        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            foreach (var column in sweep % 2 == 0 ? columns : Enumerable.Reverse(columns))
            {
                foreach (var node in column.Where(node => node.Left.Count + node.Right.Count > 0))
                {
                    node.Wanted = node.Left.Concat(node.Right).Average(other => other.Row);
                }

                Settle(column, tallest - 1);
            }
        }

        LastRow = nodes.Max(node => node.Row);
    }

    /// <summary>Each where it wants to be, or as near as its neighbours in the column leave room.</summary>
    private static void Settle(List<Node> column, double last)
    {
        for (var i = 0; i < column.Count; i++)
        {
            var least = i == 0 ? 0 : column[i - 1].Row + Distance(column[i - 1], column[i]);
            column[i].Row = Math.Max(least, column[i].Wanted ?? column[i].Row);
        }

        for (var i = column.Count - 1; i >= 0; i--)
        {
            var most = i == column.Count - 1 ? Math.Max(last, i) : column[i + 1].Row - Distance(column[i], column[i + 1]);
            column[i].Row = Math.Min(most, column[i].Row);
        }
    }

    // Two bends may pass close to each other; a component needs its height.
    private static double Distance(Node a, Node b) => a.Name.Length == 0 && b.Name.Length == 0 ? 0.4 : a.Name.Length == 0 || b.Name.Length == 0 ? 0.7 : 1;

    private void Number()
    {
        foreach (var column in columns)
        {
            Number(column);
        }
    }

    private static void Number(List<Node> column)
    {
        for (var i = 0; i < column.Count; i++)
        {
            column[i].Row = i;
        }
    }

    private sealed class Node(string name)
    {
        public string Name => name; // Empty for a bend.

        public int Column { get; set; }

        public double Row { get; set; }

        public double? Wanted { get; set; }

        public List<Node> Left { get; } = [];

        public List<Node> Right { get; } = [];
    }
}
