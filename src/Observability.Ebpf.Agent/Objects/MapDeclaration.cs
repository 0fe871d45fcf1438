using Observability.Ebpf.Agent.Kernel;

namespace Observability.Ebpf.Agent.Objects;

/// <summary>A map as the source declares it: its attributes are the types of a structure's members.</summary>
internal sealed record MapDeclaration(string Name, MapShape Shape, uint KeyType, uint ValueType)
{
    private const string Section = ".maps";

    public static IReadOnlyList<MapDeclaration> Read(BtfData data)
    {
        var types = data.Types().ToDictionary(type => type.Id);
        var section = types.Values.FirstOrDefault(type => type.Kind == BtfKind.DataSection && data.Name(type.NameOffset) == Section);
        if (section.Id == 0) return [];
        return [.. Enumerable.Range(0, section.Count).Select(index => Declaration(data, types, Find(types, data.Number(section.Members + (index * 12)))))];
    }

    private static MapDeclaration Declaration(BtfData data, Dictionary<int, BtfType> types, BtfType variable)
    {
        var structure = Find(types, (int)variable.SizeOrType);
        uint type = 0, key = 0, value = 0, entries = 0, flags = 0, keyType = 0, valueType = 0;
        for (var index = 0; index < structure.Count; index++)
        {
            var member = structure.Members + (index * 12);
            var pointed = (int)Find(types, data.Number(member + 4)).SizeOrType;
            switch (data.Name(data.Number(member)))
            {
                case "type": type = Elements(data, types, pointed); break;
                case "max_entries": entries = Elements(data, types, pointed); break;
                case "map_flags": flags = Elements(data, types, pointed); break;
                case "key_size": key = Elements(data, types, pointed); break;
                case "value_size": value = Elements(data, types, pointed); break;
                case "key": (key, keyType) = (Size(types, pointed), (uint)pointed); break;
                case "value": (value, valueType) = (Size(types, pointed), (uint)pointed); break;
            }
        }
        return new MapDeclaration(data.Name(variable.NameOffset), new MapShape((MapType)type, key, value, entries, flags), keyType, valueType);
    }

    /// <summary>A number is declared as a pointer to an array of so many elements.</summary>
    private static uint Elements(BtfData data, Dictionary<int, BtfType> types, int array) => (uint)data.Number(Find(types, array).Members + 8);

    private static uint Size(Dictionary<int, BtfType> types, int id)
    {
        var type = Find(types, id);
        for (var depth = 0; type.Kind is BtfKind.Typedef or BtfKind.Const or BtfKind.Volatile or BtfKind.Restrict && depth < 16; depth++) type = Find(types, (int)type.SizeOrType);
        return type.SizeOrType;
    }

    private static BtfType Find(Dictionary<int, BtfType> types, int id) => types.TryGetValue(id, out var type) ? type : throw new InvalidDataException($"type {id} is not there");
}
