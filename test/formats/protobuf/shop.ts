/** A .proto file with every kind of thing that is read. */
export const shopProto = `
syntax = "proto3";
package shop.v1; // the package
import "google/protobuf/timestamp.proto";
option java_package = "x;{";

message Order {
  enum State { option allow_alias = true; NEW = 0; PAID = 1 [deprecated = true]; ALSO_PAID = 1; }
  message Line { string name = 1; sint32 change = 2; }
  reserved 90 to 99, 100;
  int64 id = 1;
  State state = 2;
  repeated Line lines = 3;
  oneof how { string card = 4; bytes token = 5 [(x.y) = { a: ";" }]; }
  map<string, Line> by_name = 6;
  repeated int32 numbers = 7;
  double price = 8;
  .shop.v1.Order parent = 9;
  Money message = 10;
}
message Money { fixed64 units = 1; }
message Find { int64 id = 1; }
extend Order { string more = 200; }
service Orders {
  option deprecated = true;
  rpc Find (Find) returns (Order);
  rpc Watch (stream .shop.v1.Find) returns (stream Order) { option (x) = "}"; }
}
`
