module Shop

open System
open System.Diagnostics
open System.Runtime.CompilerServices
open System.Threading.Tasks

let listen () =
    ActivitySource.AddActivityListener(
        new ActivityListener(
            ShouldListenTo = (fun source -> source.Name = "FSharpShop"),
            Sample = SampleActivity<ActivityContext>(fun _ -> ActivitySamplingResult.AllDataAndRecorded),
            ActivityStopped = (fun span -> Console.WriteLine("span " + span.DisplayName + " " + string span.Status))))

[<MethodImpl(MethodImplOptions.NoInlining)>]
let price (count: int) = count * 2

let rec isEven n = if n = 0 then true else isOdd (n - 1)
and isOdd n = if n = 0 then false else isEven (n - 1)

let place (count: int) : Task<int> =
    task {
        do! Task.Yield()
        return price count
    }

[<MethodImpl(MethodImplOptions.NoInlining)>]
let fails () : int = raise (InvalidOperationException "failed")

[<EntryPoint>]
let main _ =
    listen ()
    Console.WriteLine((place 3).GetAwaiter().GetResult())
    Console.WriteLine(isEven 1000000)
    try fails () |> ignore
    with :? InvalidOperationException as fault -> Console.WriteLine fault.Message
    0
