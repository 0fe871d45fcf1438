using Microsoft.AspNetCore.Mvc;

[Route("mvc/items")]
public sealed class ItemsController : ControllerBase
{
    [HttpGet("{id:int}")]
    public string Get(int id) => $"controlled item {id}";
}
