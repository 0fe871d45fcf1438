using Mono.Cecil;

namespace Observability.Weaver.Runtime;

/// <summary>
/// Binds what is imported to the references that an assembly has already, by name, so that weaving an assembly built for an
/// older framework does not give it a second, newer reference to the same one. A new reference is as low as the code allows.
/// </summary>
internal sealed class RuntimeImport : DefaultMetadataImporter
{
    private static readonly Version Lowest = new(8, 0, 0, 0);

    private RuntimeImport(ModuleDefinition module) : base(module)
    {
    }

    public override AssemblyNameReference ImportReference(AssemblyNameReference name)
    {
        foreach (var reference in module.AssemblyReferences)
            if (reference.Name == name.Name) return reference;
        var added = new AssemblyNameReference(name.Name, Lowest) { PublicKeyToken = name.PublicKeyToken };
        module.AssemblyReferences.Add(added);
        return added;
    }

    internal sealed class Provider : IMetadataImporterProvider
    {
        public IMetadataImporter GetMetadataImporter(ModuleDefinition module) => new RuntimeImport(module);
    }
}
