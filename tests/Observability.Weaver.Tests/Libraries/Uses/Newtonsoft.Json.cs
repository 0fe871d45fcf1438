using System;
using System.Collections.Generic;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

public static class Use
{
    private sealed record Order(int Id, string Name, decimal Price, DateTime When, List<string>? Tags, Dictionary<string, int>? Counts, DayOfWeek Day, Guid Key);

    public static string Run()
    {
        var order = new Order(1, "müsli \"x\"", 2.50m, new DateTime(2024, 1, 2, 3, 4, 5, DateTimeKind.Utc), ["a", "b"], new() { ["one"] = 1 }, DayOfWeek.Friday, Guid.Empty);
        var json = JsonConvert.SerializeObject(order, Formatting.Indented);
        var back = JsonConvert.DeserializeObject<Order>(json)!;
        var path = JObject.Parse(json).SelectToken("$.Tags[1]");
        var text = json + back.Name + path + JsonConvert.SerializeObject(back);
        try { JsonConvert.DeserializeObject<Order>("{\"Id\": tru"); } catch (JsonException fault) { text += fault.Message; }
        return text + JObject.Parse("{\"a\":[1,2,{\"b\":null}]}").ToString(Formatting.None) + JToken.DeepEquals(JToken.Parse(json), JToken.FromObject(order));
    }
}
