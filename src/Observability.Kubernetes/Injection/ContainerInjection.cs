using System.Text.Json.Nodes;

namespace Observability.Kubernetes.Injection;

/// <summary>Adds to one container what it lacks. Nothing that is there is changed but by appending to it.</summary>
internal sealed class ContainerInjection(InjectionSettings settings, PatchList patch)
{
    public void AddTo(JsonObject container, JsonObject pod, string? space)
    {
        AddHook(container);
        AddIdentity(container, pod, space);
        var variables = new ContainerVariables(container);
        foreach (var (name, value) in settings.Environment.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (!variables.Has(name)) patch.Append(container, "env", new JsonObject { ["name"] = name, ["value"] = value });
        }
        if (!new PayloadMount(settings.MountPath).IsIn(container)) patch.Append(container, "volumeMounts", Mount(readOnly: true));
    }

    public JsonObject Mount(bool readOnly)
    {
        var mount = new JsonObject { ["name"] = InjectionSettings.Volume, ["mountPath"] = settings.MountPath };
        if (readOnly) mount["readOnly"] = true;
        return mount;
    }

    private void AddHook(JsonObject container)
    {
        var hooks = new ContainerVariables(container).Find(ContainerVariables.Hooks);
        if (hooks is null)
        {
            patch.Append(container, "env", new JsonObject { ["name"] = ContainerVariables.Hooks, ["value"] = settings.HookPath });
            return;
        }
        var value = hooks.Text("value") ?? "";
        if (value.Split(':').Contains(settings.HookPath)) return;
        patch.Set(hooks, "value", value.Length == 0 ? settings.HookPath : value + ":" + settings.HookPath);
    }

    private void AddIdentity(JsonObject container, JsonObject pod, string? space)
    {
        var attributes = new ContainerVariables(container).Find(ServiceIdentity.Attributes);
        var present = attributes.Text("value") ?? "";
        if (attributes is null || !ContainerVariables.IsFromElsewhere(attributes))
        {
            var missing = ServiceIdentity.MissingAttributes(present, space, container.Text("name")!);
            if (missing.Length > 0) AddAttributes(container, attributes, present, missing);
        }
        if (!new ContainerVariables(container).Has(ServiceIdentity.Name) && !present.Contains("service.name=", StringComparison.Ordinal))
            patch.Append(container, "env", new JsonObject { ["name"] = ServiceIdentity.Name, ["value"] = ServiceIdentity.ServiceName(pod, container) });
    }

    private void AddAttributes(JsonObject container, JsonObject? attributes, string present, string missing)
    {
        if (attributes is null) patch.Append(container, "env", new JsonObject { ["name"] = ServiceIdentity.Attributes, ["value"] = missing });
        else patch.Set(attributes, "value", present.Length == 0 ? missing : present + "," + missing);

        // A reference is resolved only to variables that stand before it.
        foreach (var (variable, field) in ServiceIdentity.Fields.Reverse())
        {
            if (!missing.Contains($"$({variable})", StringComparison.Ordinal) || new ContainerVariables(container).Has(variable)) continue;
            patch.Prepend(container, "env", new JsonObject
            {
                ["name"] = variable,
                ["valueFrom"] = new JsonObject { ["fieldRef"] = new JsonObject { ["fieldPath"] = field } },
            });
        }
    }
}
