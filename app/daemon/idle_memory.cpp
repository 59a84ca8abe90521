// SPDX-License-Identifier: Apache-2.0
#include "app/daemon/idle_memory.h"

#include <cstddef>
#include <cstdint>

#include <link.h>
#include <malloc.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

namespace weft::app {
namespace {

/// Less than this in an interval is being quiet.
constexpr std::chrono::milliseconds kQuiet{5};
/// Less than this since the last time is not worth the page faults.
constexpr std::chrono::milliseconds kWork{10};

/// Whether the loader has written into what is mapped without the right to write: then the pages
/// are not as in the file.
bool hasTextRelocations(const dl_phdr_info& object, const ElfW(Phdr) & dynamic) {
    // NOLINTNEXTLINE(performance-no-int-to-ptr): the loader gives numbers
    const auto* entry = reinterpret_cast<const ElfW(Dyn)*>(object.dlpi_addr + dynamic.p_vaddr);
    for (; entry->d_tag != DT_NULL; ++entry) {
        if (entry->d_tag == DT_TEXTREL
            || (entry->d_tag == DT_FLAGS && (entry->d_un.d_val & DF_TEXTREL) != 0)) {
            return true;
        }
    }
    return false;
}

void letGo(const dl_phdr_info& object, const ElfW(Phdr) & segment) {
    const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
    const auto begin = (object.dlpi_addr + segment.p_vaddr) & ~(page - 1);
    const auto end = object.dlpi_addr + segment.p_vaddr + segment.p_filesz;
    // Refused (locked pages): they stay.
    // NOLINTNEXTLINE(performance-no-int-to-ptr): the loader gives numbers
    ::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_DONTNEED);
}

int letGoOfCode(dl_phdr_info* object, std::size_t /*size*/, void* /*data*/) {
    for (int i = 0; i < object->dlpi_phnum; ++i) {
        const auto& segment = object->dlpi_phdr[i];
        if (segment.p_type == PT_DYNAMIC && hasTextRelocations(*object, segment)) {
            return 0;
        }
    }
    for (int i = 0; i < object->dlpi_phnum; ++i) {
        const auto& segment = object->dlpi_phdr[i];
        if (segment.p_type == PT_LOAD && (segment.p_flags & PF_W) == 0) {
            letGo(*object, segment);
        }
    }
    return 0;
}

}  // namespace

bool IdleMemory::isDue(Duration used) {
    const bool quiet = used - atLastCall_ < kQuiet;
    atLastCall_ = used;
    if (!quiet || used - atLastTrim_ < kWork) {
        return false;
    }
    atLastTrim_ = used;
    return true;
}

Duration processorTimeUsed() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto of = [](const timeval& time) {
        return std::chrono::seconds(time.tv_sec) + std::chrono::microseconds(time.tv_usec);
    };
    return of(usage.ru_utime) + of(usage.ru_stime);
}

void giveBackMemory() {
    ::malloc_trim(0);
    ::dl_iterate_phdr(letGoOfCode, nullptr);
}

}  // namespace weft::app
