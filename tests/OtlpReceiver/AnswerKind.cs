namespace OtlpReceiver;

internal enum AnswerKind
{
    Accept,
    Reset,
    Garbage,
    Slow,
    Status,
}
