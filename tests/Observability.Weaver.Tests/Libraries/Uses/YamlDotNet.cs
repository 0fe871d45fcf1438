using System;
using System.Collections.Generic;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

public static class Use
{
    public sealed class Deployment { public string Name { get; set; } = ""; public int Replicas { get; set; } public List<string> Ports { get; set; } = []; public Dictionary<string, string> Labels { get; set; } = []; }

    public static string Run()
    {
        var writer = new SerializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).Build();
        var reader = new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).Build();
        var yaml = writer.Serialize(new Deployment { Name = "shop: a", Replicas = 3, Ports = ["80", "443"], Labels = new() { ["app"] = "shop" } });
        var back = reader.Deserialize<Deployment>(yaml);
        var text = yaml + back.Name + back.Replicas + string.Join(',', back.Ports);
        try { reader.Deserialize<Deployment>("name: [unclosed"); } catch (YamlException fault) { text += fault.Message + fault.Start; }
        return text + writer.Serialize(reader.Deserialize<object>("a: &x {b: 1}\nc: *x\nd: |\n  block\n  text\n"));
    }
}
