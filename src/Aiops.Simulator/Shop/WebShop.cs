using Aiops.Analysis.Topology;

namespace Aiops.Simulator.Shop;

/// <summary>
/// The shop that the simulator knows: a load balancer, a storefront, six services behind it, a worker, and what they keep
/// their data in. It is made up, and shaped like the shops that run on AWS.
/// </summary>
public sealed class WebShop
{
    private const string Ecs = "AWS::ECS::Service";
    private const string Lambda = "AWS::Lambda::Function";
    private const string Dynamo = "AWS::DynamoDB::Table";

    private readonly List<Operation> operations = [];
    private readonly IReadOnlyDictionary<string, string> names;

    public WebShop()
        : this(new Dictionary<string, string>())
    {
    }

    /// <param name="names">Other names for its parts; a part that isn't in it keeps its own.</param>
    public WebShop(IReadOnlyDictionary<string, string> names)
    {
        this.names = names;
        var alb = Add("shop-alb", "AWS::ElasticLoadBalancingV2::LoadBalancer", ShopRole.Balancer, 1, 20_000);
        var storefront = Add("storefront", Ecs, ShopRole.Service, 6, 200, 4, LogStyle.Java);
        var checkout = Add("checkout", Ecs, ShopRole.Service, 12, 80, 3, LogStyle.Java);
        var orders = Add("orders", Ecs, ShopRole.Service, 9, 60, 2, LogStyle.Java);
        var inventory = Add("inventory", Ecs, ShopRole.Service, 5, 60, 2, LogStyle.Java);
        var cart = Add("cart", Ecs, ShopRole.Service, 3, 100, 2, LogStyle.Go);
        var catalog = Add("catalog", Ecs, ShopRole.Service, 4, 120, 3, LogStyle.Go);
        var payments = Add("payments", Lambda, ShopRole.Function, 22, 200, 0, LogStyle.Lambda);
        var recommendations = Add("recommendations", Lambda, ShopRole.Function, 28, 200, 0, LogStyle.Lambda);
        var fulfilment = Add("fulfilment", Ecs, ShopRole.Worker, 60, 4, 2, LogStyle.Java);
        var database = Add("shop-db", "AWS::RDS::DBInstance", ShopRole.Database, 3, 200);
        var carts = Add("carts", Dynamo, ShopRole.Table, 4, 1);
        var products = Add("products", Dynamo, ShopRole.Table, 3, 1);
        var ledger = Add("payments-ledger", Dynamo, ShopRole.Table, 4, 1);
        var cache = Add("catalog-cache", "AWS::ElastiCache::CacheCluster", ShopRole.Cache, 0.6, 2_000);
        var queue = Add("order-events", "AWS::SQS::Queue", ShopRole.Queue, 6, 10_000);
        var provider = Add("payment-provider", null, ShopRole.External, 180, 10_000);

        Operation Browse(string path) => new(catalog, path,
            new(new(cache, "GET"), 1, 50, 0, Optional: true), new(new(products, "Query"), 0.15, 1_000, 2));
        Operation ReadCart() => new(cart, "GET /carts/{id}", new OperationCall(new(carts, "GetItem"), 1, 1_000, 2));

        Entries =
        [
            new(new(alb, "GET /", new OperationCall(new(storefront, "GET /",
                new(Browse("GET /products"), 1, 2_000, 1),
                new(new(recommendations, "recommend", new OperationCall(new(products, "BatchGetItem"), 1, 1_000, 1)), 1, 800, 0, Optional: true)), 1, 30_000)), 0.38),
            new(new(alb, "GET /product/{id}", new OperationCall(new(storefront, "GET /product/{id}",
                new(Browse("GET /products/{id}"), 1, 2_000, 1),
                new(new(inventory, "GET /stock/{sku}", new OperationCall(new(database, "SELECT stock"), 1, 3_000)), 1, 4_000)), 1, 30_000)), 0.30),
            new(new(alb, "POST /cart", new OperationCall(new(storefront, "POST /cart",
                new OperationCall(new(cart, "PUT /carts/{id}", new OperationCall(new(carts, "UpdateItem"), 1, 1_000, 2)), 1, 3_000, 1)), 1, 30_000)), 0.14),
            new(new(alb, "GET /cart", new OperationCall(new(storefront, "GET /cart", new OperationCall(ReadCart(), 1, 3_000, 1)), 1, 30_000)), 0.10),
            new(new(alb, "POST /checkout", new OperationCall(new(checkout, "POST /checkout",
                new(ReadCart(), 1, 3_000, 1),
                new(new(inventory, "POST /reservations", new OperationCall(new(database, "UPDATE stock"), 1, 3_000)), 1, 4_000),
                new(new(payments, "charge", new(new(provider, "POST /v1/charges"), 1, 6_000, 1), new(new(ledger, "PutItem"), 1, 1_000, 2)), 1, 10_000),
                new(new(orders, "POST /orders", new(new(database, "INSERT orders"), 1, 3_000, 1), new(new(queue, "SendMessage"), 1, 2_000, 1)), 1, 5_000, 0)),
                1, 30_000)), 0.08),
        ];
        Worker = new Operation(fulfilment, "process order", new OperationCall(new(database, "UPDATE orders"), 1, 3_000, 2));
        Queue = queue;
        foreach (var root in Entries.Select(entry => entry.Operation).Append(Worker))
        {
            Number(root);
        }
    }

    public List<ShopComponent> Components { get; } = [];

    public IReadOnlyList<Entry> Entries { get; }

    /// <summary>What takes orders from the queue, at its own pace.</summary>
    public Operation Worker { get; }

    public ShopComponent Queue { get; }

    /// <summary>Every operation, callers before what they call.</summary>
    public IReadOnlyList<Operation> Operations => operations;

    public ShopComponent this[string name] => Components.First(component => component.Name == name);

    /// <summary>What a part is called in this shop.</summary>
    public string NameOf(string part) => names.GetValueOrDefault(part, part);

    /// <summary>Who calls whom; the worker depends on its queue.</summary>
    public ServiceGraph Graph => new(
        Components.Select(component => new Component(component.Name, component.Type)),
        operations.SelectMany(o => o.Calls.Select(call => new Call(o.Component.Name, call.Callee.Component.Name)))
            .Append(new Call(Worker.Component.Name, Queue.Name)));

    private ShopComponent Add(
        string name, string? type, ShopRole role, double milliseconds, double slots, int tasks = 0,
        LogStyle style = LogStyle.None)
    {
        var component = new ShopComponent(names.GetValueOrDefault(name, name), type, role, milliseconds, slots, tasks, style) { Part = name };
        Components.Add(component);
        return component;
    }

    private void Number(Operation operation)
    {
        operation.Number = operations.Count;
        operations.Add(operation);
        foreach (var call in operation.Calls)
        {
            Number(call.Callee);
        }
    }
}
