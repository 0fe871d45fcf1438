namespace OtlpReceiver;

public enum OtlpProtocol
{
    Grpc,
    HttpProtobuf,
}
