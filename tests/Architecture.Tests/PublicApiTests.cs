using PublicApiGenerator;

namespace Architecture.Tests;

/// <summary>
/// Each package's public surface is a file beside its project, so that every change of it is seen in review.
/// OBSERVABILITY_ACCEPT_PUBLIC_API=1 writes the files anew.
/// </summary>
public class PublicApiTests
{
    [Theory]
    [MemberData(nameof(ShippingProject.Names), MemberType = typeof(ShippingProject))]
    public void The_public_surface_is_the_one_in_PublicAPI_txt(string name)
    {
        var project = ShippingProject.Named(name);
        var actual = project.Assembly.GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false, DenyNamespacePrefixes = [] }).ReplaceLineEndings("\n").TrimEnd() + "\n";
        var file = Path.Combine(project.Folder, "PublicAPI.txt");
        if (Environment.GetEnvironmentVariable("OBSERVABILITY_ACCEPT_PUBLIC_API") == "1") File.WriteAllText(file, actual);
        Assert.True(File.Exists(file), $"{file} is missing; OBSERVABILITY_ACCEPT_PUBLIC_API=1 writes it.");
        Assert.Equal(File.ReadAllText(file).ReplaceLineEndings("\n"), actual);
    }
}
