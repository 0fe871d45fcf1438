Imports System
Imports System.Collections.Generic
Imports System.Diagnostics
Imports System.Threading.Tasks

Public Module Shop
    Public Function Price(count As Integer) As Integer
        Return count * 2
    End Function

    Public Async Function Place(count As Integer) As Task(Of Integer)
        Await Task.Yield()
        Return Price(count)
    End Function

    Public Iterator Function Items() As IEnumerable(Of Integer)
        Yield 1
        Yield 2
    End Function

    Public Async Function Fails() As Task
        Await Task.Yield()
        Throw New InvalidOperationException("failed")
    End Function

    Public Sub Main()
        ActivitySource.AddActivityListener(New ActivityListener With {
            .ShouldListenTo = Function(source) source.Name = "BasicShop",
            .Sample = AddressOf Everything,
            .ActivityStopped = Sub(span) Console.WriteLine("span " & span.DisplayName & " " & span.Status.ToString())})
        Console.WriteLine(Place(3).GetAwaiter().GetResult())
        For Each item In Items()
            Console.WriteLine(item)
        Next
        Try
            Fails().GetAwaiter().GetResult()
        Catch fault As InvalidOperationException
            Console.WriteLine(fault.Message)
        End Try
    End Sub

    Private Function Everything(ByRef options As ActivityCreationOptions(Of ActivityContext)) As ActivitySamplingResult
        Return ActivitySamplingResult.AllDataAndRecorded
    End Function
End Module
