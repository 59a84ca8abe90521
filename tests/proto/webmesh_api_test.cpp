// SPDX-License-Identifier: Apache-2.0
#include "tests/proto/api_table.h"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace weft::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string tableText() {
    const std::ifstream file(std::string(WEFT_TEST_DATA) + "/webmesh-api-v1.csv");
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

ApiTable theTable() {
    auto table = parseApiTable(tableText());
    EXPECT_TRUE(table.ok()) << table.status();
    return table.ok() ? *std::move(table) : ApiTable{};
}

/// The descriptors of all files that the source tree has in proto/v1, so that a file which the
/// table does not know is found as well.
std::vector<const google::protobuf::FileDescriptor*> compiledFiles() {
    std::vector<const google::protobuf::FileDescriptor*> files;
    for (const auto& entry : std::filesystem::directory_iterator(WEFT_PROTO_V1)) {
        const auto name = "v1/" + entry.path().filename().string();
        const auto* file = google::protobuf::DescriptorPool::generated_pool()->FindFileByName(name);
        EXPECT_NE(file, nullptr) << name << " is in the source tree and not compiled in";
        if (file != nullptr) {
            files.push_back(file);
        }
    }
    return files;
}

const ApiTable& compiledApi() {
    static const ApiTable kApi = describeApi(compiledFiles());
    return kApi;
}

TEST(WebmeshApi, AgreesWithTheTableRowByRow) {
    const auto table = theTable();

    EXPECT_THAT(compareApi(table, compiledApi()), IsEmpty());
}

TEST(WebmeshApi, TableAndProtosHaveTheExpectedSize) {
    std::map<std::string, int> rowsOfKind;

    for (const auto& [key, value] : theTable()) {
        ++rowsOfKind[key.kind];
    }

    const std::map<std::string, int> expected{
        {"enum", 16},
        {"enum_value", 82},
        {"field", 239},
        {"file", 48},
        {"message", 101},
        {"method", 71},
        {"service", 13}};
    EXPECT_EQ(rowsOfKind, expected);
    EXPECT_THAT(compiledFiles(), SizeIs(12));
}

TEST(WebmeshApi, ComparisonReportsEachRowThatIsTakenOutOfTheTable) {
    auto table = theTable();
    const auto rows = table;

    for (const auto& [key, value] : rows) {
        auto node = table.extract(key);
        const auto differences = compareApi(table, compiledApi());
        ASSERT_THAT(differences, SizeIs(1)) << key.toString();
        EXPECT_THAT(differences[0], HasSubstr("extra: " + key.toString() + " ("));
        table.insert(std::move(node));
    }
}

TEST(WebmeshApi, ComparisonReportsEachRowThatIsAddedToTheTable) {
    auto table = theTable();
    const auto rows = table;

    for (const auto& [key, value] : rows) {
        auto other = key;
        other.owner += "X";
        table.emplace(other, value);
        const auto differences = compareApi(table, compiledApi());
        ASSERT_THAT(differences, SizeIs(1)) << key.toString();
        EXPECT_THAT(differences[0], HasSubstr("missing: " + other.toString() + " ("));
        table.erase(other);
    }
}

TEST(WebmeshApi, ComparisonReportsEachNumberTypeAndLabelThatIsChanged) {
    auto table = theTable();

    for (auto& [key, value] : table) {
        for (auto* cell : {&value.number, &value.type, &value.label}) {
            if (cell->empty() && cell != &value.label) {
                continue;
            }
            const auto original = std::exchange(*cell, *cell + "0");
            const auto differences = compareApi(table, compiledApi());
            ASSERT_THAT(differences, SizeIs(1)) << key.toString();
            EXPECT_THAT(differences[0], HasSubstr("different: " + key.toString() + ": "));
            *cell = original;
        }
    }
}

TEST(ApiTable, SaysWhatTheTwoSidesHaveWhenAFieldDiffers) {
    const ApiTable table{{{"field", "MeshNode", "id", ""}, {"1", "string", ""}}};
    const ApiTable compiled{{{"field", "MeshNode", "id", ""}, {"3", "bytes", "repeated"}}};

    EXPECT_THAT(
        compareApi(table, compiled),
        ElementsAre(
            "different: field MeshNode id: the table says number '1', type 'string', label '', "
            "the protos say number '3', type 'bytes', label 'repeated'"));
}

TEST(ApiTable, ReadsQuotedCells) {
    const auto table = parseApiTable(
        "kind,message_or_enum_or_service,field_or_value_or_method,number,type,label\r\n"
        "field,M,f,1,\"map<string, \"\"X\"\">\",map\r\n");

    ASSERT_TRUE(table.ok()) << table.status();
    EXPECT_EQ(table->at({"field", "M", "f", ""}).type, "map<string, \"X\">");
}

TEST(ApiTable, RefusesTextsThatAreNoTable) {
    const std::string header =
        "kind,message_or_enum_or_service,field_or_value_or_method,number,type,label\n";

    const auto messageFor = [](const std::string& text) {
        return std::string(parseApiTable(text).status().message());
    };

    EXPECT_THAT(messageFor("kind,name\n"), HasSubstr("line 1: the header is not"));
    EXPECT_THAT(messageFor(header + "field,M,f,1\n"), HasSubstr("line 2: 4 columns"));
    EXPECT_THAT(messageFor(header + "field,M,f,1,\"x,\n"), HasSubstr("line 2: a quote is left"));
    EXPECT_THAT(
        messageFor(header + "field,M,f,1,t,\nfield,M,f,2,t,\n"),
        HasSubstr("line 3: field M f is there twice"));
}

}  // namespace
}  // namespace weft::tests
