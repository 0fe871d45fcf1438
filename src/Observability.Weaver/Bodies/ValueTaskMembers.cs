using Mono.Cecil;

namespace Observability.Weaver.Bodies;

/// <summary>References to <c>AsTask()</c> and to the constructor from a task, without loading the assembly that has them.</summary>
internal static class ValueTaskMembers
{
    public static (MethodReference AsTask, MethodReference Wrap) Of(TypeReference valueTask, TypeReference task, ModuleDefinition module)
    {
        TypeReference returned = task;
        if (valueTask is GenericInstanceType generic)
        {
            var open = new TypeReference("System.Threading.Tasks", "Task`1", module, task.Scope);
            open.GenericParameters.Add(new GenericParameter("TResult", open));
            var instance = new GenericInstanceType(open);
            if (!generic.ElementType.HasGenericParameters) generic.ElementType.GenericParameters.Add(new GenericParameter(generic.ElementType));
            instance.GenericArguments.Add(generic.ElementType.GenericParameters[0]);
            returned = instance;
        }
        var asTask = new MethodReference("AsTask", returned, valueTask) { HasThis = true };
        var wrap = new MethodReference(".ctor", module.TypeSystem.Void, valueTask) { HasThis = true };
        wrap.Parameters.Add(new ParameterDefinition(returned));
        return (asTask, wrap);
    }

    /// <summary>The type of the local that holds the task: the method's own type argument in place of ValueTask's parameter.</summary>
    public static TypeReference TaskOf(GenericInstanceType valueTask, MethodReference asTask)
    {
        var task = new GenericInstanceType(asTask.ReturnType.GetElementType());
        task.GenericArguments.Add(valueTask.GenericArguments[0]);
        return task;
    }
}
