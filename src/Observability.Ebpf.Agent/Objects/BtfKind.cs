namespace Observability.Ebpf.Agent.Objects;

/// <summary>The kinds of types, by the kernel's numbers.</summary>
internal enum BtfKind
{
    Integer = 1,
    Pointer = 2,
    Array = 3,
    Structure = 4,
    Union = 5,
    Enumeration = 6,
    Forward = 7,
    Typedef = 8,
    Volatile = 9,
    Const = 10,
    Restrict = 11,
    Function = 12,
    FunctionPrototype = 13,
    Variable = 14,
    DataSection = 15,
    Float = 16,
    DeclarationTag = 17,
    TypeTag = 18,
    WideEnumeration = 19,
}
