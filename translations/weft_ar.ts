<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
<context>
    <name>AboutGroup</name>
    <message>
        <source>About</source>
        <translation>حول البرنامج</translation>
    </message>
    <message>
        <source>Weft %1</source>
        <translation>Weft %1</translation>
    </message>
    <message>
        <source>A desktop node and console for Webmesh networks. Apache License 2.0. Built with Qt %1.</source>
        <translation>عقدة لسطح المكتب ووحدة تحكم لشبكات Webmesh. Apache License 2.0. بُني بـ Qt ⁨%1⁩.</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>الاختصارات</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>الخدمة</translation>
    </message>
    <message>
        <source>Node key</source>
        <translation>مفتاح العقدة</translation>
    </message>
    <message>
        <source>Made with</source>
        <translation>صُنع بـ</translation>
    </message>
</context>
<context>
    <name>Access</name>
    <message>
        <source>everybody</source>
        <translation>الجميع</translation>
    </message>
    <message>
        <source>none</source>
        <translation>لا شيء</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>الصلاحيات</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>الدور</translation>
    </message>
    <message>
        <source>Given to</source>
        <translation>ممنوح لـ</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>الأعضاء</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>الإجراء</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>الأولوية</translation>
    </message>
    <message>
        <source>From</source>
        <translation>من</translation>
    </message>
    <message>
        <source>To</source>
        <translation>إلى</translation>
    </message>
    <message>
        <source>From networks</source>
        <translation>من الشبكات الفرعية</translation>
    </message>
    <message>
        <source>To networks</source>
        <translation>إلى الشبكات الفرعية</translation>
    </message>
    <message>
        <source>Member</source>
        <translation>عضو</translation>
    </message>
    <message>
        <source>Networks</source>
        <translation>الشبكات الفرعية</translation>
    </message>
    <message>
        <source>Next hop</source>
        <translation>القفزة التالية</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>الوزن</translation>
    </message>
    <message>
        <source>Attributes</source>
        <translation>السمات</translation>
    </message>
    <message>
        <source> from %1</source>
        <translation> من ⁨%1⁩</translation>
    </message>
    <message>
        <source> on %1</source>
        <translation> على ⁨%1⁩</translation>
    </message>
    <message>
        <source>It needs a name.</source>
        <translation>الاسم مطلوب.</translation>
    </message>
    <message>
        <source>A name has at most %1 characters.</source>
        <translation>لا يزيد الاسم على ⁨%1⁩ من المحارف.</translation>
    </message>
    <message>
        <source>A name has no spaces; use a hyphen.</source>
        <translation>الاسم بلا مسافات؛ استخدم الواصلة.</translation>
    </message>
    <message>
        <source>A name has none of / \ : * ? &quot; &apos; &lt; &gt; | and comma.</source>
        <translation>لا يحوي الاسم أيًّا من / \ : * ? &quot; &apos; &lt; &gt; | ولا الفاصلة.</translation>
    </message>
    <message>
        <source>%1 is one address; write %1/%2 for it alone.</source>
        <translation>⁨%1⁩ عنوان واحد؛ اكتب ⁨%1⁩/⁨%2⁩ له وحده.</translation>
    </message>
    <message>
        <source>%1 is no network. Networks look like 10.1.0.0/24 or fd00:1::/64.</source>
        <translation>⁨%1⁩ ليست شبكة فرعية. تُكتب الشبكات الفرعية مثل 10.1.0.0/24 أو fd00:1::/64.</translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <comment>an enumeration and its last item</comment>
        <translation>⁨%1⁩ و⁨%2⁩</translation>
    </message>
    <message>
        <source>everything</source>
        <translation>كل شيء</translation>
    </message>
    <message>
        <source>group %1</source>
        <translation>المجموعة ⁨%1⁩</translation>
    </message>
    <message>
        <source>Allow</source>
        <translation>السماح</translation>
    </message>
    <message>
        <source>Deny</source>
        <translation>المنع</translation>
    </message>
    <message>
        <source>Votes</source>
        <translation>التصويت</translation>
    </message>
    <message>
        <source>Roles</source>
        <translation>الأدوار</translation>
    </message>
    <message>
        <source>Role bindings</source>
        <translation>إسنادات الأدوار</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>المجموعات</translation>
    </message>
    <message>
        <source>Access rules</source>
        <translation>قواعد الوصول</translation>
    </message>
    <message>
        <source>Routes</source>
        <translation>المسارات</translation>
    </message>
    <message>
        <source>Data channels</source>
        <translation>قنوات البيانات</translation>
    </message>
    <message>
        <source>Edges</source>
        <translation>الأضلاع</translation>
    </message>
    <message>
        <source>Observers</source>
        <translation>المراقبون</translation>
    </message>
    <message>
        <source>Shared keys</source>
        <translation>المفاتيح المشتركة</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>كل شيء</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>غير معروف</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>تغيير</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>قراءة</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>حذف</translation>
    </message>
    <message>
        <source>Do everything</source>
        <translation>فعل كل شيء</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>verbs: resources</comment>
        <translation>‏⁨%1⁩: ⁨%2⁩</translation>
    </message>
    <message>
        <source>%1, only %2</source>
        <translation>‏⁨%1⁩، ⁨%2⁩ فقط</translation>
    </message>
    <message>
        <source>Let %1 reach %2</source>
        <translation>السماح لـ ⁨%1⁩ بالوصول إلى ⁨%2⁩</translation>
    </message>
    <message>
        <source>Keep %1 from reaching %2</source>
        <translation>منع ⁨%1⁩ من الوصول إلى ⁨%2⁩</translation>
    </message>
    <message>
        <source>user %1</source>
        <translation>المستخدم ⁨%1⁩</translation>
    </message>
    <message>
        <source>%1: %2 there, %3 here</source>
        <comment>field: their value, my value</comment>
        <translation>⁨%1⁩: ⁨%2⁩ هناك، ⁨%3⁩ هنا</translation>
    </message>
    <message>
        <source>%1 and %2 more</source>
        <comment>an enumeration and how many it leaves out</comment>
        <translation>⁨%1⁩ و⁨%2⁩ غيرها</translation>
    </message>
    <message>
        <source>%1 is an address inside a network: write %2.</source>
        <translation>⁨%1⁩ عنوان داخل شبكة فرعية: اكتب ⁨%2⁩.</translation>
    </message>
</context>
<context>
    <name>AccessPage</name>
    <message>
        <source>Access</source>
        <translation>الوصول</translation>
    </message>
    <message>
        <source>Who reaches whom, and who may change the mesh</source>
        <translation>من يصل إلى من، ومن يحق له تغيير الشبكة</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>القواعد</translation>
    </message>
    <message>
        <source>New rule</source>
        <translation>قاعدة جديدة</translation>
    </message>
    <message>
        <source>No rules</source>
        <translation>لا توجد قواعد</translation>
    </message>
    <message>
        <source>Without a rule that allows it, no member reaches any other.</source>
        <translation>دون قاعدة تسمح بذلك لا يصل أي عضو إلى غيره.</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>المجموعات</translation>
    </message>
    <message>
        <source>New group</source>
        <translation>مجموعة جديدة</translation>
    </message>
    <message>
        <source>No groups</source>
        <translation>لا توجد مجموعات</translation>
    </message>
    <message>
        <source>A group stands for several members in rules and bindings.</source>
        <translation>تنوب المجموعة عن عدة أعضاء في القواعد والإسنادات.</translation>
    </message>
    <message>
        <source>Roles</source>
        <translation>الأدوار</translation>
    </message>
    <message>
        <source>New role</source>
        <translation>دور جديد</translation>
    </message>
    <message>
        <source>No roles</source>
        <translation>لا توجد أدوار</translation>
    </message>
    <message>
        <source>A role is a set of rights to change the mesh.</source>
        <translation>الدور هو جملة من الصلاحيات لتغيير الشبكة.</translation>
    </message>
    <message>
        <source>Bindings</source>
        <translation>الإسنادات</translation>
    </message>
    <message>
        <source>New binding</source>
        <translation>إسناد جديد</translation>
    </message>
    <message>
        <source>No bindings</source>
        <translation>لا توجد إسنادات</translation>
    </message>
    <message>
        <source>A binding gives a role to members, users or groups.</source>
        <translation>يمنح الإسناد دورًا لأعضاء أو مستخدمين أو مجموعات.</translation>
    </message>
    <message>
        <source>Edges</source>
        <translation>الأضلاع</translation>
    </message>
    <message>
        <source>New edge</source>
        <translation>ضلع جديد</translation>
    </message>
    <message>
        <source>No edges</source>
        <translation>لا توجد أضلاع</translation>
    </message>
    <message>
        <source>An edge says that two members connect to each other.</source>
        <translation>يعني الضلع أن عضوين يتصلان أحدهما بالآخر.</translation>
    </message>
    <message>
        <source>Who reaches whom?</source>
        <translation>من يصل إلى من؟</translation>
    </message>
    <message>
        <source>Effect</source>
        <translation>الأثر</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>الصلاحيات</translation>
    </message>
    <message>
        <source>Tests</source>
        <translation>الاختبارات</translation>
    </message>
    <message>
        <source>New test</source>
        <translation>اختبار جديد</translation>
    </message>
    <message>
        <source>Delete %1?</source>
        <translation>هل يُحذف ⁨%1⁩؟</translation>
    </message>
    <message>
        <source>The test is not run any more. The rules stay as they are.</source>
        <translation>لن يُجرى الاختبار بعد الآن. وتبقى القواعد كما هي.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>حذف</translation>
    </message>
</context>
<context>
    <name>AdvancedGroup</name>
    <message>
        <source>Advanced</source>
        <translation>متقدم</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>الخدمة</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>تغيير…</translation>
    </message>
    <message>
        <source>Socket</source>
        <translation>المقبس</translation>
    </message>
    <message>
        <source>Sandbox</source>
        <translation>بيئة التجربة</translation>
    </message>
    <message>
        <source>A simulated mesh of 30 nodes, where nothing is real and nothing can break. Your meshes go on beside it.</source>
        <translation>شبكة محاكاة من 30 عقدة، لا شيء فيها حقيقي ولا شيء يتعطل. وتستمر شبكاتك بجانبها.</translation>
    </message>
    <message>
        <source>Explore with a sandbox</source>
        <translation>الاستكشاف في بيئة التجربة</translation>
    </message>
    <message>
        <source>Leave the sandbox</source>
        <translation>مغادرة بيئة التجربة</translation>
    </message>
    <message>
        <source>All settings</source>
        <translation>جميع الإعدادات</translation>
    </message>
    <message>
        <source>Puts every setting of this program back to its default. Meshes and the start at login stay.</source>
        <translation>يعيد كل إعداد في هذا البرنامج إلى قيمته الأصلية. وتبقى الشبكات والبدء عند تسجيل الدخول.</translation>
    </message>
    <message>
        <source>Reset all…</source>
        <translation>إعادة ضبط الكل…</translation>
    </message>
    <message>
        <source>Every setting has its default.</source>
        <translation>لكل إعداد قيمته الأصلية.</translation>
    </message>
    <message>
        <source>Reset all settings?</source>
        <translation>هل يُعاد ضبط جميع الإعدادات؟</translation>
    </message>
    <message>
        <source>How the program looks, speaks, begins, ends and notifies goes back to the defaults. Meshes stay as they are.</source>
        <translation>يعود مظهر البرنامج ولغته وبدؤه وإنهاؤه وإشعاراته إلى القيم الأصلية. وتبقى الشبكات كما هي.</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>إعادة ضبط الكل</translation>
    </message>
</context>
<context>
    <name>AppearanceGroup</name>
    <message>
        <source>Appearance</source>
        <translation>المظهر</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>السمة</translation>
    </message>
    <message>
        <source>System follows the desktop.</source>
        <translation>خيار «النظام» يتبع سطح المكتب.</translation>
    </message>
    <message>
        <source>System</source>
        <translation>النظام</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>فاتح</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>داكن</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>التباين</translation>
    </message>
    <message>
        <source>High is black and white with strong borders, in the light and in the dark theme.</source>
        <translation>العالي أبيض وأسود بحدود واضحة، في السمتين الفاتحة والداكنة.</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>عادي</translation>
    </message>
    <message>
        <source>High</source>
        <translation>عالٍ</translation>
    </message>
    <message>
        <source>Density</source>
        <translation>الكثافة</translation>
    </message>
    <message>
        <source>Compact shows more rows at once.</source>
        <translation>المضغوطة تعرض صفوفًا أكثر معًا.</translation>
    </message>
    <message>
        <source>Comfortable</source>
        <translation>مريحة</translation>
    </message>
    <message>
        <source>Compact</source>
        <translation>مضغوطة</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>حجم النص</translation>
    </message>
    <message>
        <source>From 90 to 150 percent, in this window only.</source>
        <translation>من 90 إلى 150 في المئة، في هذه النافذة فقط.</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>نص أصغر</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>‏⁨%1⁩%</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>نص أكبر</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>الحركة</translation>
    </message>
    <message>
        <source>Without motion, changes show at once instead of moving there.</source>
        <translation>دون حركة تظهر التغييرات فورًا بدل أن تتحرك إلى أماكنها.</translation>
    </message>
    <message>
        <source>None</source>
        <translation>لا أحد</translation>
    </message>
    <message>
        <source>Full</source>
        <translation>كاملة</translation>
    </message>
    <message>
        <source>Icon in the tray</source>
        <translation>الأيقونة في علبة النظام</translation>
    </message>
    <message>
        <source>Light and dark are without colour, for panels that are dark or light.</source>
        <translation>الفاتحة والداكنة بلا لون، للأشرطة الداكنة أو الفاتحة.</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>تلقائي</translation>
    </message>
    <message>
        <source>Coloured</source>
        <translation>ملوّنة</translation>
    </message>
</context>
<context>
    <name>ApplySheet</name>
    <message>
        <source>Apply the draft?</source>
        <translation>هل تُطبَّق المسودة؟</translation>
    </message>
    <message>
        <source>Apply with auto-revert</source>
        <translation>التطبيق مع تراجع تلقائي</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>تطبيق</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>%1. All of it is made in the mesh at once, or nothing.</source>
        <translation>⁨%1⁩. يُنفَّذ كله في الشبكة دفعة واحدة، أو لا شيء منه.</translation>
    </message>
    <message>
        <source>Danger</source>
        <translation>خطر</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>ملاحظة</translation>
    </message>
    <message>
        <source>Why, for the history</source>
        <translation>السبب، لسجل التغييرات</translation>
    </message>
    <message>
        <source>Take it back unless I keep it</source>
        <translation>التراجع عنه ما لم أُبقِه</translation>
    </message>
    <message>
        <source>The mesh goes back by itself, also when the change cuts this computer off.</source>
        <translation>تعود الشبكة إلى ما كانت عليه تلقائيًا، حتى إن قطع التغيير هذا الحاسوب عنها.</translation>
    </message>
    <message>
        <source>Taken back after</source>
        <translation>التراجع بعد</translation>
    </message>
    <message>
        <source>30 s</source>
        <translation>30 ث</translation>
    </message>
    <message>
        <source>60 s</source>
        <translation>60 ث</translation>
    </message>
    <message>
        <source>5 min</source>
        <translation>5 د</translation>
    </message>
</context>
<context>
    <name>AttachForm</name>
    <message>
        <source>Attach to a service</source>
        <translation>الارتباط بخدمة</translation>
    </message>
    <message>
        <source>The window works with its built-in core now. A service goes on when the window is closed and nobody is logged in.</source>
        <translation>تعمل النافذة الآن بنواتها المدمجة. أما الخدمة فتستمر بعد إغلاق النافذة وحين لا يكون أحد مسجَّل الدخول.</translation>
    </message>
    <message>
        <source>The window works with the service at %1 now.</source>
        <translation>تعمل النافذة الآن مع الخدمة في ⁨%1⁩.</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>خطأ</translation>
    </message>
    <message>
        <source>Found on this computer</source>
        <translation>موجودة على هذا الحاسوب</translation>
    </message>
    <message>
        <source>No service was found at the usual places.</source>
        <translation>لم يُعثر على خدمة في الأماكن المعتادة.</translation>
    </message>
    <message>
        <source>Attach</source>
        <translation>ارتباط</translation>
    </message>
    <message>
        <source>Another socket</source>
        <translation>مقبس آخر</translation>
    </message>
    <message>
        <source>A path on this computer. Weft never talks to its service over the network.</source>
        <translation>مسار ملف على هذا الحاسوب. لا يخاطب Weft خدمته عن بُعد أبدًا.</translation>
    </message>
    <message>
        <source>Enter the path of a socket.</source>
        <translation>أدخل مسار ملف المقبس.</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>البحث مجددًا</translation>
    </message>
    <message>
        <source>Use the built-in core</source>
        <translation>استخدام النواة المدمجة</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>%1: %2</source>
        <translation>‏⁨%1⁩: ⁨%2⁩</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>إغلاق هذه الرسالة</translation>
    </message>
</context>
<context>
    <name>BindingForm</name>
    <message>
        <source>Role</source>
        <translation>الدور</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>الجميع</translation>
    </message>
    <message>
        <source>Every member and every user has the role.</source>
        <translation>الدور لكل عضو وكل مستخدم.</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>الأعضاء</translation>
    </message>
    <message>
        <source>Member</source>
        <translation>عضو</translation>
    </message>
    <message>
        <source>Users</source>
        <translation>المستخدمون</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>اسم المستخدم</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>المجموعات</translation>
    </message>
    <message>
        <source>Group name</source>
        <translation>اسم المجموعة</translation>
    </message>
</context>
<context>
    <name>ChangeCard</name>
    <message>
        <source>Change %1, %2: %3, %4, %5</source>
        <translation>التغيير ⁨%1⁩، ⁨%2⁩: ⁨%3⁩، ⁨%4⁩، ⁨%5⁩</translation>
    </message>
    <message>
        <source>#%1</source>
        <translation>#%1</translation>
    </message>
    <message>
        <source>Waits to be kept</source>
        <translation>ينتظر الإبقاء عليه</translation>
    </message>
    <message>
        <source>%1 · %2 · %3</source>
        <comment>relative time, exact time, who</comment>
        <translation>‏⁨%1⁩ · ⁨%2⁩ · ⁨%3⁩</translation>
    </message>
    <message>
        <source>Takes back #%1</source>
        <translation>يتراجع عن ⁦#%1⁩</translation>
    </message>
    <message>
        <source>Taken back by #%1</source>
        <translation>تراجع عنه ⁦#%1⁩</translation>
    </message>
    <message>
        <source>Undo this</source>
        <translation>التراجع عن هذا</translation>
    </message>
    <message>
        <source>Undo %1</source>
        <translation>التراجع عن ⁨%1⁩</translation>
    </message>
    <message>
        <source>Undo the whole change…</source>
        <translation>التراجع عن التغيير كله…</translation>
    </message>
    <message>
        <source>Undo the change…</source>
        <translation>التراجع عن التغيير…</translation>
    </message>
    <message>
        <source>change #%1</source>
        <translation>التغيير ⁦#%1⁩</translation>
    </message>
    <message>
        <source>Restore to here…</source>
        <translation>الاستعادة إلى هنا…</translation>
    </message>
    <message>
        <source>Restore the rules to what they were after change #%1</source>
        <translation>استعادة القواعد كما كانت بعد التغيير ⁦#%1⁩</translation>
    </message>
</context>
<context>
    <name>Changes</name>
    <message>
        <source>Role</source>
        <translation>الدور</translation>
    </message>
    <message>
        <source>Binding</source>
        <translation>إسناد</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>مجموعة</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>قاعدة</translation>
    </message>
    <message>
        <source>Route</source>
        <translation>مسار</translation>
    </message>
    <message>
        <source>Edge</source>
        <translation>ضلع</translation>
    </message>
    <message>
        <source>Roles</source>
        <translation>الأدوار</translation>
    </message>
    <message>
        <source>Bindings</source>
        <translation>الإسنادات</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>المجموعات</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>القواعد</translation>
    </message>
    <message>
        <source>Routes</source>
        <translation>المسارات</translation>
    </message>
    <message>
        <source>Edges</source>
        <translation>الأضلاع</translation>
    </message>
    <message>
        <source>%1 – %2</source>
        <comment>the two ends of an edge</comment>
        <translation>‏⁨%1⁩ – ⁨%2⁩</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>kind of an object, its name</comment>
        <translation>‏⁨%1⁩ ⁨%2⁩</translation>
    </message>
    <message>
        <source>Removed</source>
        <comment>an object in a draft or change</comment>
        <translation>أُزيل</translation>
    </message>
    <message>
        <source>New</source>
        <comment>an object in a draft or change</comment>
        <translation>جديد</translation>
    </message>
    <message>
        <source>Changed</source>
        <comment>an object in a draft or change</comment>
        <translation>تغيّر</translation>
    </message>
</context>
<context>
    <name>ChangesPage</name>
    <message>
        <source>Changes</source>
        <translation>التغييرات</translation>
    </message>
    <message>
        <source>Your draft: %1</source>
        <translation>مسودتك: ⁨%1⁩</translation>
    </message>
    <message>
        <source>Edits before they are made, and what was made</source>
        <translation>التعديلات قبل تنفيذها، وما نُفِّذ منها</translation>
    </message>
    <message>
        <source>Draft (%1)</source>
        <translation>المسودة (⁨%1⁩)</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>المسودة</translation>
    </message>
    <message>
        <source>Conflicts (%1)</source>
        <translation>التعارضات (⁨%1⁩)</translation>
    </message>
    <message>
        <source>Conflicts</source>
        <translation>التعارضات</translation>
    </message>
    <message>
        <source>History</source>
        <translation>سجل التغييرات</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>تحذير</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>خطأ</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>إعادة المحاولة</translation>
    </message>
</context>
<context>
    <name>ChartCard</name>
    <message>
        <source>Span</source>
        <translation>المدة</translation>
    </message>
    <message>
        <source>Show as chart</source>
        <translation>إظهار كرسم بياني</translation>
    </message>
    <message>
        <source>Show as table</source>
        <translation>إظهار كجدول</translation>
    </message>
    <message>
        <source>%1. %2</source>
        <translation>‏⁨%1⁩. ⁨%2⁩</translation>
    </message>
</context>
<context>
    <name>ChartWords</name>
    <message>
        <source>%1 %2</source>
        <comment>a number and its unit</comment>
        <translation>‏⁨%1⁩ ⁨%2⁩</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>لا جواب</translation>
    </message>
    <message>
        <source>, %1: %2</source>
        <translation>‏، ⁨%1⁩: ⁨%2⁩</translation>
    </message>
    <message>
        <source>B</source>
        <comment>bytes</comment>
        <translation>بايت</translation>
    </message>
    <message>
        <source>ms</source>
        <comment>milliseconds</comment>
        <translation>م.ث</translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>⁨%1⁩/ث</translation>
    </message>
    <message>
        <source>%1: %2 now, %3 at most, %4 on average.</source>
        <translation>⁨%1⁩: الآن ⁨%2⁩، والحد الأقصى ⁨%3⁩، والمتوسط ⁨%4⁩.</translation>
    </message>
</context>
<context>
    <name>ChecklistCard</name>
    <message>
        <source>Checks</source>
        <translation>الفحوص</translation>
    </message>
    <message>
        <source>The checks run once this node is in the mesh.</source>
        <translation>تُجرى الفحوص حالما تكون هذه العقدة في الشبكة.</translation>
    </message>
</context>
<context>
    <name>ChipsField</name>
    <message>
        <source>Take away %1</source>
        <translation>إزالة ⁨%1⁩</translation>
    </message>
    <message>
        <source>Add to %1</source>
        <translation>إضافة إلى ⁨%1⁩</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>الجميع</translation>
    </message>
    <message>
        <source>%1 is not in the mesh</source>
        <translation>⁨%1⁩ ليس في الشبكة</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>مجموعة</translation>
    </message>
</context>
<context>
    <name>ChosenNode</name>
    <message>
        <source>Choose a node: click it, or go there with the arrow keys.</source>
        <translation>اختر عقدة: انقرها، أو انتقل إليها بمفاتيح الأسهم.</translation>
    </message>
    <message>
        <source>What if it were gone</source>
        <translation>ماذا لو غابت</translation>
    </message>
    <message>
        <source>Connect first: the mesh is asked about it.</source>
        <translation>اتصل أولًا: تُسأل الشبكة عن ذلك.</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>التفاصيل</translation>
    </message>
</context>
<context>
    <name>ColourWords</name>
    <message>
        <source>No group</source>
        <translation>بلا مجموعة</translation>
    </message>
    <message>
        <source>No service</source>
        <translation>بلا خدمة</translation>
    </message>
    <message>
        <source>No zone</source>
        <translation>بلا منطقة</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>غير ذلك</translation>
    </message>
</context>
<context>
    <name>ColumnMenu</name>
    <message>
        <source>Name and state are always shown. Columns without room wait for a wider window.</source>
        <translation>يظهر الاسم والحالة دائمًا. أما الأعمدة التي لا متسع لها فتنتظر نافذة أعرض.</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>الأعمدة</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>‏⁨%1⁩، ⁨%2⁩</translation>
    </message>
    <message>
        <source>Choose by the width</source>
        <translation>الاختيار بحسب العرض</translation>
    </message>
    <message>
        <source>This is what is done now.</source>
        <translation>هذا ما يجري الآن.</translation>
    </message>
</context>
<context>
    <name>CommandField</name>
    <message>
        <source>Command</source>
        <translation>الأمر</translation>
    </message>
</context>
<context>
    <name>CommandLine</name>
    <message>
        <source>Hide the command</source>
        <translation>إخفاء الأمر</translation>
    </message>
    <message>
        <source>Show me the command</source>
        <translation>إظهار الأمر</translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>Commands</source>
        <translation>الأوامر</translation>
    </message>
    <message>
        <source>Search commands, meshes and members</source>
        <translation>البحث في الأوامر والشبكات والأعضاء</translation>
    </message>
    <message>
        <source>What do you want to do? A page, a mesh, a member</source>
        <translation>ماذا تريد أن تفعل؟ صفحة أو شبكة أو عضو</translation>
    </message>
    <message>
        <source>Nothing matches. Try fewer letters, or the name of a member.</source>
        <translation>لا شيء يطابق. جرّب أحرفًا أقل، أو اسم عضو.</translation>
    </message>
</context>
<context>
    <name>ConfirmSheet</name>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
</context>
<context>
    <name>ConflictCard</name>
    <message>
        <source>Before</source>
        <translation>قبل ذلك</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>لديّ</translation>
    </message>
    <message>
        <source>Theirs</source>
        <translation>لديهم</translation>
    </message>
    <message>
        <source>%1 (differs)</source>
        <translation>⁨%1⁩ (مختلف)</translation>
    </message>
    <message>
        <source>Keep mine</source>
        <translation>إبقاء ما لديّ</translation>
    </message>
    <message>
        <source>Keep mine: %1</source>
        <translation>إبقاء ما لديّ: ⁨%1⁩</translation>
    </message>
    <message>
        <source>Take theirs</source>
        <translation>أخذ ما لديهم</translation>
    </message>
    <message>
        <source>Take theirs: %1</source>
        <translation>أخذ ما لديهم: ⁨%1⁩</translation>
    </message>
</context>
<context>
    <name>ConflictsTab</name>
    <message>
        <source>Others changed these since your edits began. The draft can be applied once you have decided; nothing you typed is lost.</source>
        <translation>غيّر آخرون هذه منذ بدأت تعديلاتك. يمكن تطبيق المسودة بعد أن تقرر؛ ولن يضيع شيء مما كتبت.</translation>
    </message>
    <message>
        <source>No conflicts</source>
        <translation>لا تعارضات</translation>
    </message>
    <message>
        <source>When somebody changes the same as your draft, both stand here beside each other.</source>
        <translation>إذا غيّر أحد ما تغيّره مسودتك ظهر الاثنان هنا جنبًا إلى جنب.</translation>
    </message>
</context>
<context>
    <name>CopyField</name>
    <message>
        <source>%1: %2</source>
        <translation>‏⁨%1⁩: ⁨%2⁩</translation>
    </message>
    <message>
        <source>Copies it</source>
        <translation>ينسخه</translation>
    </message>
</context>
<context>
    <name>CreateMeshForm</name>
    <message>
        <source>Create a mesh</source>
        <translation>إنشاء شبكة</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>خطأ</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>الاسم</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>المنزل</translation>
    </message>
    <message>
        <source>What you call it. Shown on this computer only.</source>
        <translation>ما تسميها به. يظهر على هذا الحاسوب فقط.</translation>
    </message>
    <message>
        <source>Domain</source>
        <translation>النطاق</translation>
    </message>
    <message>
        <source>The names of all members end with it. It cannot be changed later.</source>
        <translation>تنتهي به أسماء جميع الأعضاء. لا يمكن تغييره لاحقًا.</translation>
    </message>
    <message>
        <source>Name of this computer in the mesh</source>
        <translation>اسم هذا الحاسوب في الشبكة</translation>
    </message>
    <message>
        <source>Empty takes the one shown.</source>
        <translation>إن تُرك فارغًا أُخذ الاسم الظاهر.</translation>
    </message>
    <message>
        <source>Who may talk to whom</source>
        <translation>من يحق له التخاطب مع من</translation>
    </message>
    <message>
        <source>All members</source>
        <translation>جميع الأعضاء</translation>
    </message>
    <message>
        <source>Nobody until allowed</source>
        <translation>لا أحد حتى يُسمح له</translation>
    </message>
    <message>
        <source>Every member may reach every other. Rules can narrow it later.</source>
        <translation>يحق لكل عضو الوصول إلى كل عضو. ويمكن للقواعد تضييق ذلك لاحقًا.</translation>
    </message>
    <message>
        <source>Members are let in by invitation only, and prove who they are with certificates of this mesh.</source>
        <translation>لا يدخل الأعضاء إلا بدعوة، ويثبتون هويتهم بشهادات من هذه الشبكة.</translation>
    </message>
    <message>
        <source>Create the mesh</source>
        <translation>إنشاء الشبكة</translation>
    </message>
    <message>
        <source>No member reaches another until a rule allows it. A new device seems cut off until you write one.</source>
        <translation>لا يصل عضو إلى آخر حتى تسمح قاعدة بذلك. ويبدو الجهاز الجديد مقطوعًا حتى تكتب واحدة.</translation>
    </message>
    <message>
        <source>This is what will be made</source>
        <translation>هذا ما سيُنشأ</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>هذا الحاسوب</translation>
    </message>
    <message>
        <source>Who may talk</source>
        <translation>من يحق له التخاطب</translation>
    </message>
    <message>
        <source>Who may join</source>
        <translation>من يحق له الانضمام</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>التالي</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>رجوع</translation>
    </message>
</context>
<context>
    <name>DiagnosePage</name>
    <message>
        <source>Diagnose</source>
        <translation>التشخيص</translation>
    </message>
    <message>
        <source>What works, what does not, and why</source>
        <translation>ما يعمل وما لا يعمل ولماذا</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>السلامة</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>الشبكة الفرعية</translation>
    </message>
    <message>
        <source>Ping</source>
        <translation>اختبار الوصول</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>الأسماء</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>سجل الأحداث</translation>
    </message>
</context>
<context>
    <name>DraftTab</name>
    <message>
        <source>Edits of the draft</source>
        <translation>تعديلات المسودة</translation>
    </message>
    <message>
        <source>Apply…</source>
        <translation>تطبيق…</translation>
    </message>
    <message>
        <source>Apply with auto-revert…</source>
        <translation>التطبيق مع تراجع تلقائي…</translation>
    </message>
    <message>
        <source>Discard all…</source>
        <translation>تجاهل الكل…</translation>
    </message>
    <message>
        <source>Hide the command</source>
        <translation>إخفاء الأمر</translation>
    </message>
    <message>
        <source>Show me the command</source>
        <translation>إظهار الأمر</translation>
    </message>
    <message>
        <source>The draft is empty</source>
        <translation>المسودة فارغة</translation>
    </message>
    <message>
        <source>This service keeps no drafts</source>
        <translation>هذه الخدمة لا تحفظ مسودات</translation>
    </message>
    <message>
        <source>Choose “Add to draft” when you edit a rule, a group or a route: you see what it would do before it is made.</source>
        <translation>اختر «إضافة إلى المسودة» حين تعدّل قاعدة أو مجموعة أو مسارًا: فترى ما سيحدثه قبل تنفيذه.</translation>
    </message>
    <message>
        <source>What you edit under Access is made at once. A newer service collects edits and shows first what they would do.</source>
        <translation>ما تعدّله في صفحة الوصول يُنفَّذ فورًا. أما الخدمة الأحدث فتجمع التعديلات وتعرض أولًا ما ستحدثه.</translation>
    </message>
    <message>
        <source>Go to Access</source>
        <translation>الانتقال إلى الوصول</translation>
    </message>
    <message>
        <source>Discard the draft?</source>
        <translation>هل تُتجاهل المسودة؟</translation>
    </message>
    <message>
        <source>%1. Nothing of it was made in the mesh.</source>
        <translation>⁨%1⁩. لم يُنفَّذ شيء منها في الشبكة.</translation>
    </message>
    <message>
        <source>Discard all</source>
        <translation>تجاهل الكل</translation>
    </message>
</context>
<context>
    <name>EdgeDrawer</name>
    <message>
        <source>Throw away what you typed?</source>
        <translation>هل تتخلص مما كتبته؟</translation>
    </message>
    <message>
        <source>%1 is not saved.</source>
        <translation>⁨%1⁩ غير محفوظ.</translation>
    </message>
    <message>
        <source>Throw away</source>
        <translation>تخلّص منه</translation>
    </message>
</context>
<context>
    <name>EdgeForm</name>
    <message>
        <source>One member</source>
        <translation>أحد العضوين</translation>
    </message>
    <message>
        <source>The other member</source>
        <translation>العضو الآخر</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>الوزن</translation>
    </message>
    <message>
        <source>Of several ways the one with the smaller sum is taken.</source>
        <translation>من بين عدة طرق تُؤخذ ذات المجموع الأصغر.</translation>
    </message>
    <message>
        <source>How they connect</source>
        <translation>كيف يتصلان</translation>
    </message>
    <message>
        <source>Directly</source>
        <translation>مباشرة</translation>
    </message>
    <message>
        <source>ICE</source>
        <translation>ICE</translation>
    </message>
    <message>
        <source>libp2p</source>
        <translation>libp2p</translation>
    </message>
    <message>
        <source>To change it, delete the edge and make it anew.</source>
        <translation>لتغييره احذف الضلع وأنشئه من جديد.</translation>
    </message>
</context>
<context>
    <name>EditCard</name>
    <message>
        <source>%1, %2</source>
        <translation>‏⁨%1⁩، ⁨%2⁩</translation>
    </message>
    <message>
        <source>Discard the edit of %1</source>
        <translation>تجاهل تعديل ⁨%1⁩</translation>
    </message>
</context>
<context>
    <name>EffectPanel</name>
    <message>
        <source>Effect of the draft</source>
        <translation>أثر المسودة</translation>
    </message>
    <message>
        <source>Effect</source>
        <translation>الأثر</translation>
    </message>
    <message>
        <source>Your draft is empty. Drag a rule to another place, or add an edit to the draft: what it would do is seen here before it is made.</source>
        <translation>مسودتك فارغة. اسحب قاعدة إلى مكان آخر، أو أضف تعديلًا إلى المسودة: يُرى هنا ما سيحدثه قبل تنفيذه.</translation>
    </message>
</context>
<context>
    <name>ExportFile</name>
    <message>
        <source>Say where the file is to be written.</source>
        <translation>حدد أين يُكتب الملف.</translation>
    </message>
    <message>
        <source>That is a folder: add the name of a file.</source>
        <translation>هذا مجلد: أضف اسم ملف.</translation>
    </message>
    <message>
        <source>There is no such folder.</source>
        <translation>لا مجلد كهذا.</translation>
    </message>
    <message>
        <source>There is such a file already. It will be replaced.</source>
        <translation>يوجد ملف كهذا. سيُستبدل.</translation>
    </message>
</context>
<context>
    <name>ExportSheet</name>
    <message>
        <source>SVG</source>
        <translation>SVG</translation>
    </message>
    <message>
        <source>PNG</source>
        <translation>PNG</translation>
    </message>
    <message>
        <source>DOT</source>
        <translation>DOT</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>Export as %1</source>
        <translation>تصدير بصيغة ⁨%1⁩</translation>
    </message>
    <message>
        <source>Write the file</source>
        <translation>كتابة الملف</translation>
    </message>
    <message>
        <source>Say where the file is to be written.</source>
        <translation>حدد أين يُكتب الملف.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>خطأ</translation>
    </message>
    <message>
        <source>File</source>
        <translation>الملف</translation>
    </message>
</context>
<context>
    <name>Features</name>
    <message>
        <source>Storage</source>
        <translation>التخزين</translation>
    </message>
    <message>
        <source>DNS</source>
        <translation>DNS</translation>
    </message>
    <message>
        <source>API</source>
        <translation>API</translation>
    </message>
    <message>
        <source>Admin</source>
        <translation>الإدارة</translation>
    </message>
    <message>
        <source>Joins</source>
        <translation>الانضمام</translation>
    </message>
    <message>
        <source>Metrics</source>
        <translation>القياسات</translation>
    </message>
    <message>
        <source>ICE</source>
        <translation>ICE</translation>
    </message>
    <message>
        <source>TURN</source>
        <translation>TURN</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>الوكيل</translation>
    </message>
    <message>
        <source>Query</source>
        <translation>الاستعلام</translation>
    </message>
</context>
<context>
    <name>FieldDiff</name>
    <message>
        <source>%1: was %2, is %3</source>
        <translation>⁨%1⁩: كان ⁨%2⁩، وهو الآن ⁨%3⁩</translation>
    </message>
    <message>
        <source>%1: is %2</source>
        <translation>⁨%1⁩: هو ⁨%2⁩</translation>
    </message>
    <message>
        <source>%1: was %2</source>
        <translation>⁨%1⁩: كان ⁨%2⁩</translation>
    </message>
    <message>
        <source>− %1</source>
        <comment>what goes</comment>
        <translation>‏− ⁨%1⁩</translation>
    </message>
    <message>
        <source>+ %1</source>
        <comment>what comes</comment>
        <translation>‏+ ⁨%1⁩</translation>
    </message>
</context>
<context>
    <name>FinishSheet</name>
    <message>
        <source>Ready</source>
        <translation>جاهز</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>تم</translation>
    </message>
    <message>
        <source>Invite your first device</source>
        <translation>ادعُ جهازك الأول</translation>
    </message>
    <message>
        <source>Everything here can be changed later in the settings.</source>
        <translation>يمكن تغيير كل ما هنا لاحقًا في الإعدادات.</translation>
    </message>
    <message>
        <source>Start at login</source>
        <translation>البدء عند تسجيل الدخول</translation>
    </message>
    <message>
        <source>Weft starts when you log in on this computer.</source>
        <translation>يبدأ Weft حين تسجّل الدخول على هذا الحاسوب.</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>الإشعارات</translation>
    </message>
    <message>
        <source>A mesh was lost, is back, or could not be connected.</source>
        <translation>فُقدت شبكة أو عادت أو تعذر الاتصال بها.</translation>
    </message>
    <message>
        <source>Icon in the tray</source>
        <translation>الأيقونة في علبة النظام</translation>
    </message>
    <message>
        <source>In the panel of the desktop, where it shows such icons: it tells the state of the mesh, and its menu opens this window again.</source>
        <translation>في شريط سطح المكتب حيث تُعرض مثل هذه الأيقونات: تبيّن حالة الشبكة، وتفتح قائمتها هذه النافذة مجددًا.</translation>
    </message>
</context>
<context>
    <name>FirstRunChoice</name>
    <message>
        <source>Welcome to Weft</source>
        <translation>مرحبًا بك في Weft</translation>
    </message>
    <message>
        <source>Add a mesh</source>
        <translation>إضافة شبكة</translation>
    </message>
    <message>
        <source>A mesh is a private network of your own devices. Nobody else runs it, and it needs no account.</source>
        <translation>الشبكة هنا شبكة متداخلة خاصة من أجهزتك أنت. لا يديرها أحد غيرك، ولا تحتاج إلى حساب.</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>تحذير</translation>
    </message>
    <message>
        <source>Create a mesh</source>
        <translation>إنشاء شبكة</translation>
    </message>
    <message>
        <source>This computer starts a new mesh and keeps its records. Then invite your other devices.</source>
        <translation>يبدأ هذا الحاسوب شبكة جديدة ويحفظ سجلاتها. بعدها ادعُ أجهزتك الأخرى.</translation>
    </message>
    <message>
        <source>Join with a code</source>
        <translation>الانضمام برمز</translation>
    </message>
    <message>
        <source>Somebody in the mesh made an invitation for you. You see what it says before anything happens.</source>
        <translation>أنشأ لك أحد في الشبكة دعوة. ترى ما تقوله قبل أن يحدث أي شيء.</translation>
    </message>
    <message>
        <source>Attach to a service</source>
        <translation>الارتباط بخدمة</translation>
    </message>
    <message>
        <source>Weft already runs in the background on this computer. Use that one instead of the built-in core.</source>
        <translation>يعمل Weft في الخلفية على هذا الحاسوب. استخدمه بدل النواة المدمجة.</translation>
    </message>
    <message>
        <source>Explore with a sandbox</source>
        <translation>الاستكشاف في بيئة التجربة</translation>
    </message>
    <message>
        <source>A simulated mesh of 30 nodes, where nothing is real.</source>
        <translation>شبكة محاكاة من 30 عقدة، لا شيء فيها حقيقي.</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>اللغة</translation>
    </message>
</context>
<context>
    <name>FirstRunPage</name>
    <message>
        <source>Back</source>
        <translation>رجوع</translation>
    </message>
</context>
<context>
    <name>GeneralGroup</name>
    <message>
        <source>General</source>
        <translation>عام</translation>
    </message>
    <message>
        <source>Start at login</source>
        <translation>البدء عند تسجيل الدخول</translation>
    </message>
    <message>
        <source>Weft starts when you log in on this computer.</source>
        <translation>يبدأ Weft حين تسجّل الدخول على هذا الحاسوب.</translation>
    </message>
    <message>
        <source>Start hidden</source>
        <translation>البدء مخفيًا</translation>
    </message>
    <message>
        <source>At login only the icon in the tray shows. A start by hand always opens the window.</source>
        <translation>عند تسجيل الدخول تظهر الأيقونة في علبة النظام فقط. أما البدء يدويًا فيفتح النافذة دائمًا.</translation>
    </message>
    <message>
        <source>Closing the window</source>
        <translation>إغلاق النافذة</translation>
    </message>
    <message>
        <source>Automatic hides it where there is a tray, and minimises it otherwise.</source>
        <translation>التلقائي يخفيها حيث توجد علبة نظام، ويصغّرها فيما عدا ذلك.</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>تلقائي</translation>
    </message>
    <message>
        <source>Hides it</source>
        <translation>يخفيها</translation>
    </message>
    <message>
        <source>Minimises it</source>
        <translation>يصغّرها</translation>
    </message>
    <message>
        <source>Quits</source>
        <translation>ينهي البرنامج</translation>
    </message>
    <message>
        <source>Disconnect on quit</source>
        <translation>قطع الاتصال عند الإنهاء</translation>
    </message>
    <message>
        <source>Quitting leaves the meshes of the service too. Those of the built-in core always end with the program.</source>
        <translation>يغادر الإنهاء شبكات الخدمة أيضًا. أما شبكات النواة المدمجة فتنتهي دائمًا مع البرنامج.</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>اللغة</translation>
    </message>
    <message>
        <source>System follows the desktop. The window opens anew in the other language.</source>
        <translation>خيار «النظام» يتبع سطح المكتب. وتُفتح النافذة من جديد باللغة الأخرى.</translation>
    </message>
    <message>
        <source>Units of bytes</source>
        <translation>وحدات البايت</translation>
    </message>
    <message>
        <source>1 KiB is 1024 bytes, 1 kB is 1000 bytes.</source>
        <translation>‏1 KiB يساوي 1024 بايت، و1 kB يساوي 1000 بايت.</translation>
    </message>
    <message>
        <source>KiB, MiB</source>
        <translation>KiB، MiB</translation>
    </message>
    <message>
        <source>kB, MB</source>
        <translation>kB، MB</translation>
    </message>
</context>
<context>
    <name>GraphEmpty</name>
    <message>
        <source>Reading the members…</source>
        <translation>تجري قراءة الأعضاء…</translation>
    </message>
    <message>
        <source>No nodes match</source>
        <translation>لا عقد تطابق</translation>
    </message>
    <message>
        <source>Clear filters</source>
        <translation>مسح عوامل التصفية</translation>
    </message>
    <message>
        <source>Not in the mesh</source>
        <translation>ليست في الشبكة</translation>
    </message>
    <message>
        <source>The graph of the mesh appears here once this node is connected.</source>
        <translation>يظهر مخطط الشبكة هنا حالما تتصل هذه العقدة.</translation>
    </message>
</context>
<context>
    <name>GraphFilters</name>
    <message>
        <source>Only</source>
        <translation>فقط</translation>
    </message>
    <message>
        <source>Online</source>
        <translation>متصل</translation>
    </message>
    <message>
        <source>Routers</source>
        <translation>الموجّهات</translation>
    </message>
    <message>
        <source>Exits</source>
        <translation>المخارج</translation>
    </message>
    <message>
        <source>Zone: %1</source>
        <translation>المنطقة: ⁨%1⁩</translation>
    </message>
    <message>
        <source>Zone…</source>
        <translation>المنطقة…</translation>
    </message>
    <message>
        <source>Colour by</source>
        <translation>التلوين حسب</translation>
    </message>
    <message>
        <source>Zone</source>
        <translation>المنطقة</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>مجموعة</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>الخدمة</translation>
    </message>
</context>
<context>
    <name>GraphLegend</name>
    <message>
        <source>Both ways</source>
        <translation>في الاتجاهين</translation>
    </message>
    <message>
        <source>One-sided</source>
        <translation>من جانب واحد</translation>
    </message>
    <message>
        <source>Direct</source>
        <translation>مباشر</translation>
    </message>
    <message>
        <source>ICE</source>
        <translation>ICE</translation>
    </message>
    <message>
        <source>libp2p</source>
        <translation>libp2p</translation>
    </message>
    <message>
        <source>No traffic</source>
        <translation>لا حركة بيانات</translation>
    </message>
</context>
<context>
    <name>GraphNotes</name>
    <message>
        <source>Not current</source>
        <translation>ليس حديثًا</translation>
    </message>
    <message>
        <source>This is the last that was known: nobody tells what happens now.</source>
        <translation>هذا آخر ما عُرف: لا أحد يخبر بما يحدث الآن.</translation>
    </message>
    <message>
        <source>This is the last that was known: the node is not in the mesh now.</source>
        <translation>هذا آخر ما عُرف: العقدة ليست في الشبكة الآن.</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>خطأ</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>إعادة المحاولة</translation>
    </message>
    <message>
        <source>Being found out…</source>
        <translation>يجري استكشاف ذلك…</translation>
    </message>
    <message>
        <source>End</source>
        <translation>إنهاء</translation>
    </message>
    <message>
        <source>Editing</source>
        <translation>تحرير</translation>
    </message>
    <message>
        <source>Draw a line from one node to another to link them.</source>
        <translation>ارسم خطًا من عقدة إلى أخرى لوصلهما.</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>تم</translation>
    </message>
</context>
<context>
    <name>GraphPage</name>
    <message>
        <source>Connect first: links are kept by the mesh.</source>
        <translation>اتصل أولًا: الشبكة هي التي تحفظ الوصلات.</translation>
    </message>
    <message>
        <source>The links are still being read.</source>
        <translation>ما زالت الوصلات تُقرأ.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>الاسم</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>العنوان</translation>
    </message>
    <message>
        <source>You are alone in this mesh.</source>
        <translation>أنت وحدك في هذه الشبكة.</translation>
    </message>
    <message>
        <source>Invite a device</source>
        <translation>دعوة جهاز</translation>
    </message>
</context>
<context>
    <name>GraphTools</name>
    <message>
        <source>Graph</source>
        <translation>المخطط</translation>
    </message>
    <message>
        <source>Members and what connects them</source>
        <translation>الأعضاء وما يصل بينهم</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>إظهار</translation>
    </message>
    <message>
        <source>Paths</source>
        <translation>الطرق</translation>
    </message>
    <message>
        <source>Permissions</source>
        <translation>الأذونات</translation>
    </message>
    <message>
        <source>Search the graph</source>
        <translation>البحث في المخطط</translation>
    </message>
    <message>
        <source>Name or address</source>
        <translation>اسم أو عنوان</translation>
    </message>
    <message>
        <source>End the editing</source>
        <translation>إنهاء التحرير</translation>
    </message>
    <message>
        <source>Edit the links</source>
        <translation>تحرير الوصلات</translation>
    </message>
    <message>
        <source>View as picture</source>
        <translation>العرض كصورة</translation>
    </message>
    <message>
        <source>View as list</source>
        <translation>العرض كقائمة</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>تصدير…</translation>
    </message>
    <message>
        <source>Export as</source>
        <translation>تصدير بصيغة</translation>
    </message>
    <message>
        <source>SVG</source>
        <translation>SVG</translation>
    </message>
    <message>
        <source>A drawing</source>
        <translation>رسم</translation>
    </message>
    <message>
        <source>PNG</source>
        <translation>PNG</translation>
    </message>
    <message>
        <source>A picture</source>
        <translation>صورة</translation>
    </message>
    <message>
        <source>DOT</source>
        <translation>DOT</translation>
    </message>
    <message>
        <source>For Graphviz</source>
        <translation>لبرنامج Graphviz</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>For programs</source>
        <translation>للبرامج</translation>
    </message>
</context>
<context>
    <name>GraphView</name>
    <message>
        <source>Graph of the mesh, %1</source>
        <translation>مخطط الشبكة، ⁨%1⁩</translation>
    </message>
    <message>
        <source>Arrow keys go along links, Enter shows the details, L lists the neighbours. All of it stands under “View as list”.</source>
        <translation>تسير مفاتيح الأسهم على الوصلات، ويُظهر Enter التفاصيل، ويسرد L الجيران. وكل ذلك تحت «العرض كقائمة».</translation>
    </message>
</context>
<context>
    <name>GraphZoom</name>
    <message>
        <source>Zoom in (%1)</source>
        <translation>تكبير (⁨%1⁩)</translation>
    </message>
    <message>
        <source>Zoom out (%1)</source>
        <translation>تصغير (⁨%1⁩)</translation>
    </message>
    <message>
        <source>Show all of it (%1)</source>
        <translation>إظهار الكل (⁨%1⁩)</translation>
    </message>
</context>
<context>
    <name>GroupForm</name>
    <message>
        <source>Members</source>
        <translation>الأعضاء</translation>
    </message>
    <message>
        <source>Member</source>
        <translation>عضو</translation>
    </message>
    <message>
        <source>Users</source>
        <translation>المستخدمون</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>اسم المستخدم</translation>
    </message>
    <message>
        <source>People who sign in without being a member.</source>
        <translation>أشخاص يسجّلون الدخول دون أن يكونوا أعضاء.</translation>
    </message>
    <message>
        <source>A list can be pasted: lines, or with commas.</source>
        <translation>يمكن لصق قائمة: أسطرًا أو بفواصل.</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>المجموعات</translation>
    </message>
    <message>
        <source>Group name</source>
        <translation>اسم المجموعة</translation>
    </message>
</context>
<context>
    <name>GroupRename</name>
    <message>
        <source>Another name</source>
        <translation>اسم آخر</translation>
    </message>
    <message>
        <source>Rules, bindings and groups that name it follow, all in the draft. Tests of the mesh do not.</source>
        <translation>تتبعه القواعد والإسنادات والمجموعات التي تذكره، كلها في المسودة. أما اختبارات الشبكة فلا.</translation>
    </message>
    <message>
        <source>Rename in the draft</source>
        <translation>إعادة التسمية في المسودة</translation>
    </message>
</context>
<context>
    <name>HealthTab</name>
    <message>
        <source>Problems</source>
        <translation>المشكلات</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>الفحوص</translation>
    </message>
    <message>
        <source>The checks run once this node is in the mesh.</source>
        <translation>تُجرى الفحوص حالما تكون هذه العقدة في الشبكة.</translation>
    </message>
    <message>
        <source>No mesh yet</source>
        <translation>لا شبكة بعد</translation>
    </message>
    <message>
        <source>The checks of each mesh appear here once this computer has joined one.</source>
        <translation>تظهر فحوص كل شبكة هنا حالما ينضم هذا الحاسوب إلى واحدة.</translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>a certificate</source>
        <translation>شهادة</translation>
    </message>
    <message>
        <source>a password</source>
        <translation>كلمة مرور</translation>
    </message>
    <message>
        <source>an address of the mesh</source>
        <translation>عنوان من الشبكة</translation>
    </message>
    <message>
        <source>an address that was passed on</source>
        <translation>عنوان نُقل عن غيره</translation>
    </message>
    <message>
        <source>being the node itself</source>
        <translation>كونها العقدة نفسها</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>حُفظ</translation>
    </message>
    <message>
        <source>Deleted</source>
        <translation>حُذف</translation>
    </message>
    <message>
        <source>Member removed</source>
        <translation>أُزيل العضو</translation>
    </message>
    <message>
        <source>Applied</source>
        <translation>طُبِّق</translation>
    </message>
    <message>
        <source>Took back</source>
        <translation>تم التراجع عن</translation>
    </message>
    <message>
        <source>Taken back by itself</source>
        <translation>تراجع تلقائي</translation>
    </message>
    <message>
        <source>Nobody known</source>
        <translation>لا أحد معروف</translation>
    </message>
    <message>
        <source>%1, known by %2</source>
        <comment>who, the proof</comment>
        <translation>‏⁨%1⁩، عُرف بـ ⁨%2⁩</translation>
    </message>
    <message>
        <source>%1, from %2</source>
        <comment>who, the address</comment>
        <translation>‏⁨%1⁩، من ⁨%2⁩</translation>
    </message>
    <message>
        <source>%1, passed on by %2</source>
        <comment>who, a member</comment>
        <translation>‏⁨%1⁩، نقله ⁨%2⁩</translation>
    </message>
    <message numerus="yes">
        <source>%n object(s)</source>
        <translation>
            <numerusform>لا كائنات</numerusform>
            <numerusform>كائن واحد</numerusform>
            <numerusform>كائنان</numerusform>
            <numerusform>%n كائنات</numerusform>
            <numerusform>%n كائنًا</numerusform>
            <numerusform>%n كائن</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 by %2: %3</source>
        <comment>what was done, by whom, to what</comment>
        <translation>⁨%1⁩ بواسطة ⁨%2⁩: ⁨%3⁩</translation>
    </message>
    <message>
        <source>nobody known</source>
        <translation>لا أحد معروف</translation>
    </message>
</context>
<context>
    <name>HistoryTab</name>
    <message>
        <source>Only to look</source>
        <translation>للاطلاع فقط</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>خطأ</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>إعادة المحاولة</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>تحذير</translation>
    </message>
    <message>
        <source>Take back the rest</source>
        <translation>التراجع عن الباقي</translation>
    </message>
    <message>
        <source>History of changes</source>
        <translation>سجل التغييرات</translation>
    </message>
    <message>
        <source>Something is being taken back just now.</source>
        <translation>يجري الآن تراجع عن تغيير.</translation>
    </message>
    <message>
        <source>Show older changes</source>
        <translation>إظهار تغييرات أقدم</translation>
    </message>
    <message>
        <source>Nothing was changed yet</source>
        <translation>لم يتغير شيء بعد</translation>
    </message>
    <message>
        <source>Each change of rules, groups, roles and routes appears here, with the way back.</source>
        <translation>يظهر هنا كل تغيير في القواعد والمجموعات والأدوار والمسارات، مع طريق الرجوع عنه.</translation>
    </message>
    <message>
        <source>Not in the mesh</source>
        <translation>ليست في الشبكة</translation>
    </message>
    <message>
        <source>The history appears here once this node is connected.</source>
        <translation>يظهر سجل التغييرات هنا حالما تتصل هذه العقدة.</translation>
    </message>
</context>
<context>
    <name>InviteCode</name>
    <message>
        <source>The invitation code as a QR code</source>
        <translation>رمز الدعوة على شكل رمز QR</translation>
    </message>
    <message>
        <source>Copy the code</source>
        <translation>نسخ الرمز</translation>
    </message>
    <message>
        <source>Invitation code</source>
        <translation>رمز الدعوة</translation>
    </message>
    <message>
        <source>Whoever has this code can join once. It is not shown again after this window is closed.</source>
        <translation>من لديه هذا الرمز يستطيع الانضمام مرة واحدة. لا يُعرض مجددًا بعد إغلاق هذه النافذة.</translation>
    </message>
    <message>
        <source>Make another</source>
        <translation>إنشاء رمز آخر</translation>
    </message>
    <message>
        <source>Authority of this mesh, for comparing: %1</source>
        <translation>جهة التصديق في هذه الشبكة، للمقارنة: ⁨%1⁩</translation>
    </message>
</context>
<context>
    <name>InviteForm</name>
    <message>
        <source>Note</source>
        <translation>ملاحظة</translation>
    </message>
    <message>
        <source>Office phone</source>
        <translation>هاتف المكتب</translation>
    </message>
    <message>
        <source>For you, to know later whom it was for.</source>
        <translation>لك، لتعرف لاحقًا لمن كان.</translation>
    </message>
    <message>
        <source>Name in the mesh</source>
        <translation>الاسم في الشبكة</translation>
    </message>
    <message>
        <source>Any</source>
        <translation>أي اسم</translation>
    </message>
    <message>
        <source>Set, only a device with this name can use the code.</source>
        <translation>إن حُدِّد فلا يستطيع استعمال الرمز إلا جهاز بهذا الاسم.</translation>
    </message>
    <message>
        <source>Can be used for</source>
        <translation>صالح للاستعمال مدة</translation>
    </message>
    <message>
        <source>1 hour</source>
        <translation>ساعة</translation>
    </message>
    <message>
        <source>1 day</source>
        <translation>يوم</translation>
    </message>
    <message>
        <source>1 week</source>
        <translation>أسبوع</translation>
    </message>
    <message>
        <source>Make a code</source>
        <translation>إنشاء رمز</translation>
    </message>
</context>
<context>
    <name>InviteList</name>
    <message>
        <source>No invitations yet</source>
        <translation>لا دعوات بعد</translation>
    </message>
    <message>
        <source>Invitations</source>
        <translation>الدعوات</translation>
    </message>
    <message>
        <source>Revoke</source>
        <translation>إبطال</translation>
    </message>
    <message>
        <source>Revoke %1</source>
        <translation>إبطال ⁨%1⁩</translation>
    </message>
</context>
<context>
    <name>InviteSheet</name>
    <message>
        <source>Invite a device</source>
        <translation>دعوة جهاز</translation>
    </message>
    <message>
        <source>Invitations</source>
        <translation>الدعوات</translation>
    </message>
    <message>
        <source>New code</source>
        <translation>رمز جديد</translation>
    </message>
    <message>
        <source>All invitations</source>
        <translation>جميع الدعوات</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>خطأ</translation>
    </message>
</context>
<context>
    <name>JoinForm</name>
    <message>
        <source>Join with a code</source>
        <translation>الانضمام برمز</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>خطأ</translation>
    </message>
    <message>
        <source>Invitation code</source>
        <translation>رمز الدعوة</translation>
    </message>
    <message>
        <source>Made by a member of the mesh. It works once.</source>
        <translation>أنشأه عضو في الشبكة. يصلح مرة واحدة.</translation>
    </message>
    <message>
        <source>What the code says</source>
        <translation>ما يقوله الرمز</translation>
    </message>
    <message>
        <source>Mesh at</source>
        <translation>الشبكة عند</translation>
    </message>
    <message>
        <source>Authority</source>
        <translation>جهة التصديق</translation>
    </message>
    <message>
        <source>Validity</source>
        <translation>الصلاحية</translation>
    </message>
    <message>
        <source>Compare the authority with what the other side shows if the code came by a way you do not trust.</source>
        <translation>قارن جهة التصديق بما يعرضه الطرف الآخر إن وصلك الرمز بطريق لا تثق به.</translation>
    </message>
    <message>
        <source>Name of this computer in the mesh</source>
        <translation>اسم هذا الحاسوب في الشبكة</translation>
    </message>
    <message>
        <source>Empty takes the one shown, or the one that the invitation is for.</source>
        <translation>إن تُرك فارغًا أُخذ الاسم الظاهر، أو الاسم الذي أُنشئت له الدعوة.</translation>
    </message>
    <message>
        <source>Join the mesh</source>
        <translation>الانضمام إلى الشبكة</translation>
    </message>
    <message>
        <source>Enter a code that can be used.</source>
        <translation>أدخل رمزًا صالحًا للاستعمال.</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>لصق</translation>
    </message>
    <message>
        <source>From a file…</source>
        <translation>من ملف…</translation>
    </message>
    <message>
        <source>File with the code</source>
        <translation>ملف فيه الرمز</translation>
    </message>
    <message>
        <source>A path on this computer. Return reads it.</source>
        <translation>مسار ملف على هذا الحاسوب. يقرؤه مفتاح الإدخال.</translation>
    </message>
</context>
<context>
    <name>LintList</name>
    <message>
        <source>Check of the rules: %1</source>
        <translation>فحص القواعد: ⁨%1⁩</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>‏⁨%1⁩: ⁨%2⁩</translation>
    </message>
    <message>
        <source>The fix: %1</source>
        <translation>الإصلاح: ⁨%1⁩</translation>
    </message>
    <message>
        <source>Fix</source>
        <translation>إصلاح</translation>
    </message>
    <message>
        <source>Fix in the draft: %1</source>
        <translation>إصلاح في المسودة: ⁨%1⁩</translation>
    </message>
</context>
<context>
    <name>LockdownSheet</name>
    <message>
        <source>Turn on the lockdown of %1?</source>
        <translation>هل يُفعَّل وضع الإغلاق في ⁨%1⁩؟</translation>
    </message>
    <message>
        <source>From connecting this mesh to disconnecting it, nothing leaves this computer but into the mesh and to networks beside it: no web page, no mail, no update, unless a member leads to the Internet. It stays so while the mesh cannot be reached.</source>
        <translation>من لحظة الاتصال بهذه الشبكة إلى قطعه لا يخرج شيء من هذا الحاسوب إلا إلى الشبكة وإلى الشبكات الفرعية المجاورة له: لا صفحة ويب ولا بريد ولا تحديث، إلا إن كان عضو يؤدي إلى الإنترنت. ويبقى الأمر كذلك ما دام الوصول إلى الشبكة متعذرًا.</translation>
    </message>
    <message>
        <source>Turn it on</source>
        <translation>تفعيل</translation>
    </message>
    <message>
        <source>To get out, turn this switch off or disconnect the mesh. Without this window:</source>
        <translation>للخروج منه أوقف هذا المفتاح أو اقطع الاتصال بالشبكة. ودون هذه النافذة:</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>الأمر</translation>
    </message>
    <message>
        <source>A mesh that is joined by a name may not be found then: names are looked up outside. Give it addresses.</source>
        <translation>قد لا يُعثر حينها على شبكة يُنضم إليها باسم: فالأسماء تُطلب من الخارج. أعطها عناوين.</translation>
    </message>
</context>
<context>
    <name>LogRow</name>
    <message>
        <source>%1, %2, %3: %4</source>
        <translation>‏⁨%1⁩، ⁨%2⁩، ⁨%3⁩: ⁨%4⁩</translation>
    </message>
</context>
<context>
    <name>LogTab</name>
    <message>
        <source>Filter the log</source>
        <translation>تصفية السجل</translation>
    </message>
    <message>
        <source>Text, part</source>
        <translation>نص أو جزء</translation>
    </message>
    <message>
        <source>Level and parts (set)</source>
        <translation>المستوى والأجزاء (محدد)</translation>
    </message>
    <message>
        <source>Level and parts</source>
        <translation>المستوى والأجزاء</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>متابعة</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>إيقاف مؤقت</translation>
    </message>
    <message>
        <source>Put a mark below the last line</source>
        <translation>وضع علامة تحت السطر الأخير</translation>
    </message>
    <message>
        <source>Copy what is shown</source>
        <translation>نسخ المعروض</translation>
    </message>
    <message>
        <source>the log</source>
        <translation>سجل الأحداث</translation>
    </message>
    <message>
        <source>Clear the view; the service keeps its log</source>
        <translation>مسح العرض؛ وتحتفظ الخدمة بسجلها</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>إظهار</translation>
    </message>
    <message>
        <source>Parts of the service</source>
        <translation>أجزاء الخدمة</translation>
    </message>
    <message>
        <source>The service writes</source>
        <translation>تكتب الخدمة</translation>
    </message>
    <message>
        <source>Until the service ends; its configuration says how it starts.</source>
        <translation>حتى تنتهي الخدمة؛ وتحدد إعداداتها كيف تبدأ.</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>خطأ</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>إعادة المحاولة</translation>
    </message>
    <message>
        <source>Log of the service</source>
        <translation>سجل أحداث الخدمة</translation>
    </message>
    <message>
        <source>To the end</source>
        <translation>إلى النهاية</translation>
    </message>
    <message>
        <source>No line passes the filter</source>
        <translation>لا سطر يجتاز التصفية</translation>
    </message>
    <message>
        <source>Nothing was written yet</source>
        <translation>لم يُكتب شيء بعد</translation>
    </message>
    <message>
        <source>The service has written other lines.</source>
        <translation>كتبت الخدمة أسطرًا أخرى.</translation>
    </message>
    <message>
        <source>Lines appear here as the service writes them.</source>
        <translation>تظهر الأسطر هنا حالما تكتبها الخدمة.</translation>
    </message>
    <message>
        <source>Show all lines</source>
        <translation>إظهار جميع الأسطر</translation>
    </message>
    <message>
        <source>The log is not for this account</source>
        <translation>سجل الأحداث ليس لهذا الحساب</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>%1: %2 – Weft</source>
        <translation>‏⁨%1⁩: ⁨%2⁩ – Weft</translation>
    </message>
    <message>
        <source>Weft</source>
        <translation>Weft</translation>
    </message>
    <message>
        <source>Invite a device</source>
        <translation>دعوة جهاز</translation>
    </message>
    <message>
        <source>Connect or disconnect</source>
        <translation>الاتصال أو قطع الاتصال</translation>
    </message>
    <message>
        <source>Explore with a sandbox</source>
        <translation>الاستكشاف في بيئة التجربة</translation>
    </message>
    <message>
        <source>Leave the sandbox</source>
        <translation>مغادرة بيئة التجربة</translation>
    </message>
</context>
<context>
    <name>MapWords</name>
    <message numerus="yes">
        <source>%n link(s)</source>
        <translation>
            <numerusform>لا وصلات</numerusform>
            <numerusform>وصلة واحدة</numerusform>
            <numerusform>وصلتان</numerusform>
            <numerusform>%n وصلات</numerusform>
            <numerusform>%n وصلةً</numerusform>
            <numerusform>%n وصلة</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, %2, %3</source>
        <comment>a member, its state, how many links it has</comment>
        <translation>‏⁨%1⁩، ⁨%2⁩، ⁨%3⁩</translation>
    </message>
    <message>
        <source>%1, %2, %3, %4</source>
        <comment>a member, its state, its way, how many links</comment>
        <translation>‏⁨%1⁩، ⁨%2⁩، ⁨%3⁩، ⁨%4⁩</translation>
    </message>
    <message>
        <source>Leader</source>
        <translation>القائد</translation>
    </message>
    <message>
        <source>Voter</source>
        <translation>مصوّت</translation>
    </message>
    <message>
        <source>Exit</source>
        <translation>مخرج</translation>
    </message>
    <message>
        <source>Router</source>
        <translation>موجّه</translation>
    </message>
    <message>
        <source>DNS</source>
        <translation>DNS</translation>
    </message>
</context>
<context>
    <name>MemberField</name>
    <message>
        <source>Name of a member</source>
        <translation>اسم عضو</translation>
    </message>
</context>
<context>
    <name>MembersCard</name>
    <message>
        <source>Members</source>
        <translation>الأعضاء</translation>
    </message>
    <message>
        <source>The newest members</source>
        <translation>أحدث الأعضاء</translation>
    </message>
    <message>
        <source>You are alone in this mesh. Invite a device and it appears here.</source>
        <translation>أنت وحدك في هذه الشبكة. ادعُ جهازًا فيظهر هنا.</translation>
    </message>
    <message>
        <source>The members appear once this node is in the mesh.</source>
        <translation>يظهر الأعضاء حالما تكون هذه العقدة في الشبكة.</translation>
    </message>
    <message>
        <source>See all members</source>
        <translation>عرض جميع الأعضاء</translation>
    </message>
    <message>
        <source>Invite a device</source>
        <translation>دعوة جهاز</translation>
    </message>
</context>
<context>
    <name>Menu</name>
    <message>
        <source>%1: %2</source>
        <translation>‏⁨%1⁩: ⁨%2⁩</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>‏⁨%1⁩ · ⁨%2⁩</translation>
    </message>
    <message>
        <source>Copy %1</source>
        <translation>نسخ ⁨%1⁩</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>العنوان</translation>
    </message>
    <message>
        <source>Retry now</source>
        <translation>إعادة المحاولة الآن</translation>
    </message>
    <message>
        <source>Meshes</source>
        <translation>الشبكات</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>‏⁨%1⁩ (⁨%2⁩)</translation>
    </message>
    <message>
        <source>Add mesh…</source>
        <translation>إضافة شبكة…</translation>
    </message>
    <message>
        <source>Exit node</source>
        <translation>عقدة الخروج</translation>
    </message>
    <message>
        <source>None</source>
        <translation>لا أحد</translation>
    </message>
    <message>
        <source>%1, %2 (%3)</source>
        <translation>‏⁨%1⁩، ⁨%2⁩ (⁨%3⁩)</translation>
    </message>
    <message>
        <source>Copy address %1</source>
        <translation>نسخ العنوان ⁨%1⁩</translation>
    </message>
    <message>
        <source>Copy name</source>
        <translation>نسخ الاسم</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>الاسم</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>الأعضاء</translation>
    </message>
    <message>
        <source>All members…</source>
        <translation>جميع الأعضاء…</translation>
    </message>
    <message>
        <source>Problems (%1)</source>
        <translation>المشكلات (⁨%1⁩)</translation>
    </message>
    <message>
        <source>A change waits for you</source>
        <translation>تغيير ينتظرك</translation>
    </message>
    <message>
        <source>Keep the changes</source>
        <translation>الإبقاء على التغييرات</translation>
    </message>
    <message>
        <source>Take them back</source>
        <translation>التراجع عنها</translation>
    </message>
    <message>
        <source>Show changes…</source>
        <translation>إظهار التغييرات…</translation>
    </message>
    <message>
        <source>Open console</source>
        <translation>فتح وحدة التحكم</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>الإعدادات…</translation>
    </message>
    <message>
        <source>Disconnect and quit</source>
        <translation>قطع الاتصال والإنهاء</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>إنهاء</translation>
    </message>
</context>
<context>
    <name>MenuRow</name>
    <message>
        <source>%1, %2</source>
        <translation>‏⁨%1⁩، ⁨%2⁩</translation>
    </message>
</context>
<context>
    <name>MeshCard</name>
    <message>
        <source>Mesh</source>
        <translation>الشبكة</translation>
    </message>
    <message>
        <source>Domain</source>
        <translation>النطاق</translation>
    </message>
    <message>
        <source>IPv4 range</source>
        <translation>نطاق IPv4</translation>
    </message>
    <message>
        <source>IPv6 range</source>
        <translation>نطاق IPv6</translation>
    </message>
    <message>
        <source>Leader</source>
        <translation>القائد</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>الشهادة</translation>
    </message>
    <message>
        <source>Listens on</source>
        <translation>يصغي على</translation>
    </message>
</context>
<context>
    <name>MeshRoutesPage</name>
    <message>
        <source>What the mesh tells all its members. A node uses and offers of it what its own user wants.</source>
        <translation>ما تقوله الشبكة لجميع أعضائها. تأخذ كل عقدة منه وتعرض ما يريده مستخدمها.</translation>
    </message>
    <message>
        <source>Routes</source>
        <translation>المسارات</translation>
    </message>
    <message>
        <source>New route</source>
        <translation>مسار جديد</translation>
    </message>
    <message>
        <source>No routes</source>
        <translation>لا توجد مسارات</translation>
    </message>
    <message>
        <source>A route leads to a network behind a member: an office, a lab, the Internet.</source>
        <translation>يؤدي المسار إلى شبكة فرعية خلف عضو: مكتب أو مختبر أو الإنترنت.</translation>
    </message>
</context>
<context>
    <name>MeshSwitcher</name>
    <message>
        <source>Weft</source>
        <translation>Weft</translation>
    </message>
    <message>
        <source>Mesh: %1</source>
        <translation>الشبكة: ⁨%1⁩</translation>
    </message>
    <message>
        <source>Meshes</source>
        <translation>الشبكات</translation>
    </message>
    <message>
        <source>Add a mesh…</source>
        <translation>إضافة شبكة…</translation>
    </message>
</context>
<context>
    <name>NameField</name>
    <message>
        <source>Name</source>
        <translation>الاسم</translation>
    </message>
    <message>
        <source>Stays as it is later: rules, bindings and people use it.</source>
        <translation>يبقى كما هو لاحقًا: تستعمله القواعد والإسنادات والناس.</translation>
    </message>
</context>
<context>
    <name>NamesTab</name>
    <message>
        <source>Error</source>
        <translation>خطأ</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>إعادة المحاولة</translation>
    </message>
    <message>
        <source>The name service</source>
        <translation>خدمة الأسماء</translation>
    </message>
    <message>
        <source>Look a name up</source>
        <translation>البحث عن اسم</translation>
    </message>
    <message>
        <source>Name or address</source>
        <translation>اسم أو عنوان</translation>
    </message>
    <message>
        <source>nas, nas.home.internal, 172.16.0.2</source>
        <translation>nas، nas.home.internal، 172.16.0.2</translation>
    </message>
    <message>
        <source>A name without a dot is one of the mesh.</source>
        <translation>الاسم الذي لا نقطة فيه اسم من الشبكة.</translation>
    </message>
    <message>
        <source>Records</source>
        <translation>السجلات</translation>
    </message>
    <message>
        <source>Look up</source>
        <translation>بحث</translation>
    </message>
    <message>
        <source>Connect first: a server of the mesh is asked.</source>
        <translation>اتصل أولًا: يُسأل خادم من الشبكة.</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>الجواب</translation>
    </message>
    <message>
        <source>Not in the mesh</source>
        <translation>ليست في الشبكة</translation>
    </message>
    <message>
        <source>Names of the mesh can be looked up once this node is connected.</source>
        <translation>يمكن البحث عن أسماء الشبكة حالما تتصل هذه العقدة.</translation>
    </message>
</context>
<context>
    <name>NeighbourMenu</name>
    <message>
        <source>Neighbours</source>
        <translation>الجيران</translation>
    </message>
</context>
<context>
    <name>NetworkTab</name>
    <message>
        <source>Check again</source>
        <translation>إعادة الفحص</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>فحص</translation>
    </message>
    <message>
        <source>Connect first: the node checks its own network.</source>
        <translation>اتصل أولًا: تفحص العقدة اتصالها بنفسها.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>خطأ</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>إعادة المحاولة</translation>
    </message>
    <message>
        <source>The network beneath the mesh</source>
        <translation>الاتصال الذي تقوم عليه الشبكة</translation>
    </message>
    <message>
        <source>By what this node knows; nothing is sent to anybody.</source>
        <translation>بما تعرفه هذه العقدة؛ لا يُرسل شيء إلى أحد.</translation>
    </message>
    <message>
        <source>Not in the mesh</source>
        <translation>ليست في الشبكة</translation>
    </message>
    <message>
        <source>The network can be checked once this node is connected.</source>
        <translation>يمكن فحص الاتصال حالما تتصل هذه العقدة.</translation>
    </message>
</context>
<context>
    <name>NodeCard</name>
    <message>
        <source>This node</source>
        <translation>هذه العقدة</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>الاسم</translation>
    </message>
    <message>
        <source>IPv4</source>
        <translation>IPv4</translation>
    </message>
    <message>
        <source>IPv6</source>
        <translation>IPv6</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>المفتاح</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>الدور</translation>
    </message>
    <message>
        <source>Interface</source>
        <translation>الواجهة</translation>
    </message>
</context>
<context>
    <name>NodeList</name>
    <message>
        <source>Nodes of the graph</source>
        <translation>عقد المخطط</translation>
    </message>
</context>
<context>
    <name>NodeMenu</name>
    <message>
        <source>Open the details</source>
        <translation>فتح التفاصيل</translation>
    </message>
    <message>
        <source>What if it were gone</source>
        <translation>ماذا لو غابت</translation>
    </message>
    <message>
        <source>Copy the name</source>
        <translation>نسخ الاسم</translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation>نسخ العنوان</translation>
    </message>
    <message>
        <source>Link it to another…</source>
        <translation>وصله بآخر…</translation>
    </message>
    <message>
        <source>What to do with %1</source>
        <translation>ما يُفعل بـ ⁨%1⁩</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>الاسم</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>العنوان</translation>
    </message>
    <message>
        <source>Show its permissions</source>
        <translation>إظهار أذوناته</translation>
    </message>
    <message>
        <source>Who may reach it…</source>
        <translation>من يحق لهم الوصول إليه…</translation>
    </message>
</context>
<context>
    <name>NotificationBell</name>
    <message numerus="yes">
        <source>Notifications: %n new</source>
        <translation>
            <numerusform>الإشعارات: لا جديد</numerusform>
            <numerusform>الإشعارات: واحد جديد</numerusform>
            <numerusform>الإشعارات: اثنان جديدان</numerusform>
            <numerusform>الإشعارات: %n جديدة</numerusform>
            <numerusform>الإشعارات: %n جديدًا</numerusform>
            <numerusform>الإشعارات: %n جديد</numerusform>
        </translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>الإشعارات</translation>
    </message>
    <message>
        <source>Mark all read</source>
        <translation>تعليم الكل كمقروء</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>مسح</translation>
    </message>
    <message>
        <source>Nothing has happened yet</source>
        <translation>لم يحدث شيء بعد</translation>
    </message>
</context>
<context>
    <name>NotificationGroup</name>
    <message>
        <source>Notifications</source>
        <translation>الإشعارات</translation>
    </message>
    <message>
        <source>Weft notifies only while nobody sees its window.</source>
        <translation>لا يرسل Weft إشعارات إلا حين لا يرى أحد نافذته.</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>الاتصال</translation>
    </message>
    <message>
        <source>A mesh was lost, is back, or could not be connected.</source>
        <translation>فُقدت شبكة أو عادت أو تعذر الاتصال بها.</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>الأعضاء</translation>
    </message>
    <message>
        <source>A member joined, left, or was not heard of for long.</source>
        <translation>انضم عضو أو غادر أو لم يُسمع عنه منذ مدة طويلة.</translation>
    </message>
    <message>
        <source>Rules and access</source>
        <translation>القواعد والوصول</translation>
    </message>
    <message>
        <source>Somebody changed who reaches whom, or a change waits for a yes.</source>
        <translation>غيّر أحد من يصل إلى من، أو تغيير ينتظر الموافقة.</translation>
    </message>
    <message>
        <source>Routes</source>
        <translation>المسارات</translation>
    </message>
    <message>
        <source>A node offers a network or a way to the Internet, and asks for consent.</source>
        <translation>تعرض عقدة شبكة فرعية أو طريقًا إلى الإنترنت، وتطلب الموافقة.</translation>
    </message>
</context>
<context>
    <name>NotificationRow</name>
    <message>
        <source>New, %1: %2, %3. %4</source>
        <translation>جديد، ⁨%1⁩: ⁨%2⁩، ⁨%3⁩. ⁨%4⁩</translation>
    </message>
    <message>
        <source>%1: %2, %3. %4</source>
        <translation>‏⁨%1⁩: ⁨%2⁩، ⁨%3⁩. ⁨%4⁩</translation>
    </message>
    <message>
        <source>%1 · new</source>
        <translation>⁨%1⁩ · جديد</translation>
    </message>
</context>
<context>
    <name>Options</name>
    <message>
        <source>A desktop node and console for Webmesh networks.</source>
        <translation>عقدة لسطح المكتب ووحدة تحكم لشبكات Webmesh.</translation>
    </message>
    <message>
        <source>Start in the tray, without the window.</source>
        <translation>البدء في علبة النظام دون النافذة.</translation>
    </message>
    <message>
        <source>Attach to the service at this socket.</source>
        <translation>الارتباط بالخدمة عند هذا المقبس.</translation>
    </message>
    <message>
        <source>Use the built-in core even when a service runs.</source>
        <translation>استخدام النواة المدمجة حتى إن كانت خدمة تعمل.</translation>
    </message>
    <message>
        <source>Configuration of the built-in core: YAML, JSON or TOML.</source>
        <translation>إعدادات النواة المدمجة: YAML أو JSON أو TOML.</translation>
    </message>
    <message>
        <source>Where the built-in core keeps keys and data.</source>
        <translation>حيث تحفظ النواة المدمجة المفاتيح والبيانات.</translation>
    </message>
    <message>
        <source>trace, debug, info, warn, error or off.</source>
        <translation>‏trace أو debug أو info أو warn أو error أو off.</translation>
    </message>
    <message>
        <source>Open with overview, peers, settings, create, join or attach.</source>
        <translation>الفتح على overview أو peers أو settings أو create أو join أو attach.</translation>
    </message>
    <message>
        <source>Forget place and size of the window.</source>
        <translation>نسيان موضع النافذة وحجمها.</translation>
    </message>
    <message>
        <source>Print the time to the first frame and the memory, and end.</source>
        <translation>طباعة زمن الإطار الأول والذاكرة، ثم الإنهاء.</translation>
    </message>
    <message>
        <source>Start in a simulated mesh, where nothing is real.</source>
        <translation>البدء في شبكة محاكاة لا شيء فيها حقيقي.</translation>
    </message>
</context>
<context>
    <name>OverviewPage</name>
    <message>
        <source>Choose another service…</source>
        <translation>اختيار خدمة أخرى…</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>خطأ</translation>
    </message>
</context>
<context>
    <name>OverviewSkeleton</name>
    <message>
        <source>Loading</source>
        <translation>جارٍ التحميل</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>قيد الانتظار</translation>
    </message>
    <message>
        <source>Still waiting for the service.</source>
        <translation>ما زال انتظار الخدمة قائمًا.</translation>
    </message>
    <message>
        <source>It was found but has not answered yet. Nothing is lost: the window goes on by itself when it does.</source>
        <translation>عُثر عليها لكنها لم تجب بعد. لم يضع شيء: تتابع النافذة من تلقائها حين تجيب.</translation>
    </message>
</context>
<context>
    <name>PairWords</name>
    <message>
        <source>allowed</source>
        <translation>مسموح</translation>
    </message>
    <message>
        <source>denied, because no rule is about it</source>
        <translation>ممنوع، إذ لا قاعدة تخصه</translation>
    </message>
    <message>
        <source>allowed by the rule %1</source>
        <translation>تسمح به القاعدة ⁨%1⁩</translation>
    </message>
    <message>
        <source>denied by the rule %1</source>
        <translation>تمنعه القاعدة ⁨%1⁩</translation>
    </message>
</context>
<context>
    <name>PaletteRow</name>
    <message>
        <source>%1, %2</source>
        <translation>‏⁨%1⁩، ⁨%2⁩</translation>
    </message>
</context>
<context>
    <name>PathWords</name>
    <message>
        <source>%1 ms</source>
        <translation>⁨%1⁩ م.ث</translation>
    </message>
    <message>
        <source>At a place that is not known</source>
        <translation>في مكان غير معروف</translation>
    </message>
    <message>
        <source>The member</source>
        <translation>العضو</translation>
    </message>
    <message>
        <source>Passes packets on</source>
        <translation>يمرر الحزم</translation>
    </message>
    <message>
        <source>IPv4</source>
        <translation>IPv4</translation>
    </message>
    <message>
        <source>IPv6</source>
        <translation>IPv6</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>من ⁨%1⁩ إلى ⁨%2⁩</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>مستعمل</translation>
    </message>
    <message>
        <source>Not used</source>
        <translation>غير مستعمل</translation>
    </message>
    <message>
        <source>Directly</source>
        <translation>مباشرة</translation>
    </message>
    <message>
        <source>Over other members</source>
        <translation>عبر أعضاء آخرين</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>‏⁨%1⁩ ⁨%2⁩</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>لا جواب</translation>
    </message>
    <message>
        <source>Cannot be reached: %1</source>
        <translation>يتعذر الوصول إليه: ⁨%1⁩</translation>
    </message>
    <message>
        <source>Not sent: %1</source>
        <translation>لم تُرسل: ⁨%1⁩</translation>
    </message>
    <message>
        <source>The two ends have no kind of address in common.</source>
        <translation>ليس بين الطرفين نوع عناوين مشترك.</translation>
    </message>
    <message>
        <source>The member says of no place where it can be called.</source>
        <translation>لا يذكر العضو مكانًا يمكن نداؤه فيه.</translation>
    </message>
    <message>
        <source>Nobody answers: UDP does not get through.</source>
        <translation>لا أحد يجيب: لا يمر UDP.</translation>
    </message>
    <message>
        <source>Both ends are behind routers that change ports.</source>
        <translation>الطرفان كلاهما خلف موجّهات تغيّر المنافذ.</translation>
    </message>
    <message>
        <source>The rules accept one direction alone.</source>
        <translation>تقبل القواعد اتجاهًا واحدًا فقط.</translation>
    </message>
    <message>
        <source>The rules do not let the two talk.</source>
        <translation>لا تسمح القواعد بأن يتخاطبا.</translation>
    </message>
    <message>
        <source>It was called and did not answer.</source>
        <translation>نودي ولم يجب.</translation>
    </message>
    <message>
        <source>There is no link between the two.</source>
        <translation>لا وصلة بين الاثنين.</translation>
    </message>
    <message>
        <source>No links lead there over members that both may reach.</source>
        <translation>لا وصلات تؤدي إلى هناك عبر أعضاء يحق للاثنين الوصول إليهم.</translation>
    </message>
    <message>
        <source>Another way costs less.</source>
        <translation>طريق آخر أقل كلفة.</translation>
    </message>
    <message>
        <source>Another place answers.</source>
        <translation>مكان آخر يجيب.</translation>
    </message>
    <message>
        <source>Members on the way would take another one.</source>
        <translation>الأعضاء في الطريق سيأخذون طريقًا آخر.</translation>
    </message>
    <message>
        <source>This node has no tunnel at the moment.</source>
        <translation>ليس لهذه العقدة نفق في هذه اللحظة.</translation>
    </message>
    <message>
        <source>For a reason that this window does not know.</source>
        <translation>لسبب لا تعرفه هذه النافذة.</translation>
    </message>
    <message>
        <source>Give both an address of the same kind.</source>
        <translation>أعطِ الاثنين عنوانًا من النوع نفسه.</translation>
    </message>
    <message>
        <source>Give the member or this node an endpoint that the other can call.</source>
        <translation>أعطِ العضو أو هذه العقدة نقطة نهاية يستطيع الآخر نداءها.</translation>
    </message>
    <message>
        <source>Let UDP through to WireGuard&apos;s port on one of the two sides.</source>
        <translation>اسمح بمرور UDP إلى منفذ WireGuard على أحد الجانبين.</translation>
    </message>
    <message>
        <source>Forward a port on one of the routers, or link both to a third member.</source>
        <translation>أعد توجيه منفذ على أحد الموجّهين، أو صِل الاثنين بعضو ثالث.</translation>
    </message>
    <message>
        <source>Add a rule that accepts both directions.</source>
        <translation>أضف قاعدة تقبل الاتجاهين.</translation>
    </message>
    <message>
        <source>Check that the member runs and that UDP gets through to it.</source>
        <translation>تأكد من أن العضو يعمل وأن UDP يمر إليه.</translation>
    </message>
    <message>
        <source>Add a link between the two.</source>
        <translation>أضف وصلة بين الاثنين.</translation>
    </message>
    <message>
        <source>Accept the members on the way for both ends, or add a link.</source>
        <translation>اقبل الأعضاء الذين في الطريق للطرفين، أو أضف وصلة.</translation>
    </message>
    <message>
        <source>The checks on the overview say what keeps it away.</source>
        <translation>تقول الفحوص في النظرة العامة ما الذي يبعدها.</translation>
    </message>
</context>
<context>
    <name>PeerDrawer</name>
    <message>
        <source>Close the details</source>
        <translation>إغلاق التفاصيل</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>الملخص</translation>
    </message>
    <message>
        <source>Raw</source>
        <translation>خام</translation>
    </message>
    <message>
        <source>This member has left the mesh. Below is what was last known.</source>
        <translation>غادر هذا العضو الشبكة. في الأسفل آخر ما عُرف عنه.</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>الطريق</translation>
    </message>
    <message>
        <source>Routes</source>
        <translation>المسارات</translation>
    </message>
    <message>
        <source>Who reaches whom?</source>
        <translation>من يصل إلى من؟</translation>
    </message>
    <message>
        <source>Access</source>
        <translation>الوصول</translation>
    </message>
</context>
<context>
    <name>PeerFigures</name>
    <message>
        <source>%1, now %2</source>
        <translation>‏⁨%1⁩، الآن ⁨%2⁩</translation>
    </message>
    <message>
        <source>received twice</source>
        <translation>وصلت مرتين</translation>
    </message>
    <message>
        <source>from an address that is not the member&apos;s</source>
        <translation>من عنوان ليس للعضو</translation>
    </message>
    <message>
        <source>damaged or forged</source>
        <translation>تالفة أو مزوّرة</translation>
    </message>
    <message>
        <source>no IP packet</source>
        <translation>ليست حزمة IP</translation>
    </message>
    <message>
        <source>of a session that had ended</source>
        <translation>من جلسة قد انتهت</translation>
    </message>
    <message>
        <source>not sent: nobody knows where the member is</source>
        <translation>لم تُرسل: لا أحد يعرف أين العضو</translation>
    </message>
    <message>
        <source>not sent: the member did not answer</source>
        <translation>لم تُرسل: لم يجب العضو</translation>
    </message>
    <message>
        <source>not allowed by the rules</source>
        <translation>لا تسمح بها القواعد</translation>
    </message>
</context>
<context>
    <name>PeerFilters</name>
    <message>
        <source>No headings</source>
        <translation>بلا عناوين</translation>
    </message>
    <message>
        <source>State</source>
        <translation>الحالة</translation>
    </message>
    <message>
        <source>Zone</source>
        <translation>المنطقة</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>مجموعة</translation>
    </message>
    <message>
        <source>Only</source>
        <translation>فقط</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>a filter and how many it shows</comment>
        <translation>‏⁨%1⁩ ⁨%2⁩</translation>
    </message>
    <message>
        <source>Clear the filters</source>
        <translation>مسح عوامل التصفية</translation>
    </message>
    <message>
        <source>Headings: %1</source>
        <translation>العناوين: ⁨%1⁩</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>الأعمدة</translation>
    </message>
    <message>
        <source>End the selection</source>
        <translation>إنهاء التحديد</translation>
    </message>
    <message>
        <source>Select several</source>
        <translation>تحديد عدة أعضاء</translation>
    </message>
    <message>
        <source>Headings</source>
        <translation>العناوين</translation>
    </message>
    <message>
        <source>Chosen</source>
        <translation>محدد</translation>
    </message>
</context>
<context>
    <name>PeerMenu</name>
    <message>
        <source>What to do with %1</source>
        <translation>ما يُفعل بـ ⁨%1⁩</translation>
    </message>
    <message>
        <source>Open the details</source>
        <translation>فتح التفاصيل</translation>
    </message>
    <message>
        <source>Copy the name</source>
        <translation>نسخ الاسم</translation>
    </message>
    <message>
        <source>Copy the IPv4 address</source>
        <translation>نسخ عنوان IPv4</translation>
    </message>
    <message>
        <source>Copy the IPv6 address</source>
        <translation>نسخ عنوان IPv6</translation>
    </message>
    <message>
        <source>Show it in the graph</source>
        <translation>إظهاره في المخطط</translation>
    </message>
    <message>
        <source>Whom it may reach…</source>
        <translation>من يحق له الوصول إليهم…</translation>
    </message>
    <message>
        <source>Who may reach it…</source>
        <translation>من يحق لهم الوصول إليه…</translation>
    </message>
    <message>
        <source>Select</source>
        <translation>تحديد</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>الاسم</translation>
    </message>
    <message>
        <source>IPv4 address</source>
        <translation>عنوان IPv4</translation>
    </message>
    <message>
        <source>IPv6 address</source>
        <translation>عنوان IPv6</translation>
    </message>
</context>
<context>
    <name>PeerPairs</name>
    <message>
        <source>Search the other members</source>
        <translation>البحث في الأعضاء الآخرين</translation>
    </message>
    <message>
        <source>Name, address, key, service</source>
        <translation>اسم أو عنوان أو مفتاح أو خدمة</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>خطأ</translation>
    </message>
    <message>
        <source>Who may reach whom</source>
        <translation>من يحق له الوصول إلى من</translation>
    </message>
    <message>
        <source>%1, %2, %3</source>
        <translation>‏⁨%1⁩، ⁨%2⁩، ⁨%3⁩</translation>
    </message>
</context>
<context>
    <name>PeerPath</name>
    <message>
        <source>This is this computer</source>
        <translation>هذا هو هذا الحاسوب</translation>
    </message>
    <message>
        <source>There is no way to go.</source>
        <translation>لا طريق إلى هناك.</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>خطأ</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>إعادة المحاولة</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>إيقاف</translation>
    </message>
    <message>
        <source>Ping</source>
        <translation>اختبار الوصول</translation>
    </message>
    <message>
        <source>This account may look, not change.</source>
        <translation>يحق لهذا الحساب الاطلاع لا التغيير.</translation>
    </message>
    <message>
        <source>Last answer: %1</source>
        <translation>آخر جواب: ⁨%1⁩</translation>
    </message>
    <message>
        <source>Handshake</source>
        <translation>المصافحة</translation>
    </message>
    <message>
        <source>Way</source>
        <translation>الطريق</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>العناوين</translation>
    </message>
    <message>
        <source>What was tried</source>
        <translation>ما جُرِّب</translation>
    </message>
    <message>
        <source>Stops</source>
        <translation>المحطات</translation>
    </message>
</context>
<context>
    <name>PeerRaw</name>
    <message>
        <source>Copy all</source>
        <translation>نسخ الكل</translation>
    </message>
    <message>
        <source>JSON of the member</source>
        <translation>بيانات العضو بصيغة JSON</translation>
    </message>
</context>
<context>
    <name>PeerRoutes</name>
    <message>
        <source>This node sends to this member what goes to these addresses.</source>
        <translation>ترسل هذه العقدة إلى هذا العضو ما يقصد هذه العناوين.</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>الشبكة الفرعية</translation>
    </message>
    <message>
        <source>Nothing goes to this member</source>
        <translation>لا شيء يذهب إلى هذا العضو</translation>
    </message>
    <message>
        <source>This is this computer.</source>
        <translation>هذا هو هذا الحاسوب.</translation>
    </message>
    <message>
        <source>This node has no tunnel to it; the path says how packets get there.</source>
        <translation>ليس لهذه العقدة نفق إليه؛ ويبيّن الطريق كيف تصل الحزم إليه.</translation>
    </message>
</context>
<context>
    <name>PeerRow</name>
    <message>
        <source>%1, %2, %3</source>
        <translation>‏⁨%1⁩، ⁨%2⁩، ⁨%3⁩</translation>
    </message>
    <message>
        <source>%1, closed</source>
        <translation>‏⁨%1⁩، مطوي</translation>
    </message>
    <message>
        <source>%1, open</source>
        <translation>‏⁨%1⁩، مفتوح</translation>
    </message>
</context>
<context>
    <name>PeerSelection</name>
    <message>
        <source>Select members first: click them, or press Space.</source>
        <translation>حدد أعضاء أولًا: انقرهم أو اضغط مفتاح المسافة.</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>العناوين</translation>
    </message>
    <message>
        <source>Copy the addresses</source>
        <translation>نسخ العناوين</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>الأسماء</translation>
    </message>
    <message>
        <source>Copy the names</source>
        <translation>نسخ الأسماء</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>تصدير…</translation>
    </message>
    <message>
        <source>Export as a table</source>
        <translation>تصدير كجدول</translation>
    </message>
    <message>
        <source>To a group…</source>
        <translation>إلى مجموعة…</translation>
    </message>
    <message>
        <source>Add to a group</source>
        <translation>إضافة إلى مجموعة</translation>
    </message>
    <message>
        <source>All</source>
        <translation>الكل</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>تحديد الكل</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>تم</translation>
    </message>
    <message>
        <source>End the selection</source>
        <translation>إنهاء التحديد</translation>
    </message>
</context>
<context>
    <name>PeerSummary</name>
    <message>
        <source>Name</source>
        <translation>الاسم</translation>
    </message>
    <message>
        <source>IPv4</source>
        <translation>IPv4</translation>
    </message>
    <message>
        <source>IPv6</source>
        <translation>IPv6</translation>
    </message>
    <message>
        <source>Endpoint</source>
        <translation>نقطة النهاية</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>المفتاح</translation>
    </message>
    <message>
        <source>Zone</source>
        <translation>المنطقة</translation>
    </message>
    <message>
        <source>Joined</source>
        <translation>انضم</translation>
    </message>
    <message>
        <source>Paths</source>
        <translation>الطرق</translation>
    </message>
    <message>
        <source>A member is a device of the mesh, not somebody on this computer.</source>
        <translation>العضو جهاز في الشبكة، لا شخص على هذا الحاسوب.</translation>
    </message>
    <message>
        <source>Release the name…</source>
        <translation>تحرير الاسم…</translation>
    </message>
    <message>
        <source>Release the name %1?</source>
        <translation>هل يُحرَّر الاسم ⁨%1⁩؟</translation>
    </message>
    <message>
        <source>Another device may then take this name with a key of its own. Do this when the device was set up anew and has lost its key.</source>
        <translation>يستطيع جهاز آخر بعدها أخذ هذا الاسم بمفتاح خاص به. افعل هذا حين يُعاد إعداد الجهاز ويفقد مفتاحه.</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>تحرير</translation>
    </message>
</context>
<context>
    <name>PeerTraffic</name>
    <message>
        <source>Handshake</source>
        <translation>المصافحة</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>المستلَم</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>المرسَل</translation>
    </message>
    <message>
        <source>Way</source>
        <translation>الطريق</translation>
    </message>
    <message>
        <source>Now at</source>
        <translation>الآن عند</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>الجلسات</translation>
    </message>
    <message>
        <source>Dropped</source>
        <translation>أُسقطت</translation>
    </message>
    <message>
        <source>Traffic</source>
        <translation>حركة البيانات</translation>
    </message>
</context>
<context>
    <name>Peers</name>
    <message>
        <source>This node</source>
        <translation>هذه العقدة</translation>
    </message>
    <message>
        <source>Linked</source>
        <translation>الوصل</translation>
    </message>
    <message>
        <source>Member</source>
        <translation>عضو</translation>
    </message>
    <message>
        <source>Reachable</source>
        <translation>يمكن الوصول إليه</translation>
    </message>
    <message>
        <source>Stale</source>
        <translation>قديم</translation>
    </message>
    <message>
        <source>Gone</source>
        <translation>غادر</translation>
    </message>
    <message>
        <source>No contact yet</source>
        <translation>لا اتصال به بعد</translation>
    </message>
</context>
<context>
    <name>PeersExportSheet</name>
    <message>
        <source>Export as CSV</source>
        <translation>تصدير بصيغة CSV</translation>
    </message>
    <message>
        <source>Write the file</source>
        <translation>كتابة الملف</translation>
    </message>
    <message>
        <source>Say where the file is to be written.</source>
        <translation>حدد أين يُكتب الملف.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>خطأ</translation>
    </message>
    <message>
        <source>File</source>
        <translation>الملف</translation>
    </message>
</context>
<context>
    <name>PeersPage</name>
    <message>
        <source>Members</source>
        <translation>الأعضاء</translation>
    </message>
    <message>
        <source>Devices of this mesh, wherever they are</source>
        <translation>أجهزة هذه الشبكة أينما كانت</translation>
    </message>
    <message>
        <source>Search members</source>
        <translation>البحث في الأعضاء</translation>
    </message>
    <message>
        <source>Name, address, key, service</source>
        <translation>اسم أو عنوان أو مفتاح أو خدمة</translation>
    </message>
    <message>
        <source>Not current</source>
        <translation>ليس حديثًا</translation>
    </message>
    <message>
        <source>This is the last that was known: nobody tells what happens now.</source>
        <translation>هذا آخر ما عُرف: لا أحد يخبر بما يحدث الآن.</translation>
    </message>
    <message>
        <source>This is the last that was known: the node is not in the mesh now.</source>
        <translation>هذا آخر ما عُرف: العقدة ليست في الشبكة الآن.</translation>
    </message>
    <message>
        <source>No members match</source>
        <translation>لا أعضاء يطابقون</translation>
    </message>
    <message>
        <source>Reading the members…</source>
        <translation>تجري قراءة الأعضاء…</translation>
    </message>
    <message>
        <source>Not in the mesh</source>
        <translation>ليست في الشبكة</translation>
    </message>
    <message>
        <source>The members of the mesh appear here once this node is connected.</source>
        <translation>يظهر أعضاء الشبكة هنا حالما تتصل هذه العقدة.</translation>
    </message>
    <message>
        <source>You are alone in this mesh.</source>
        <translation>أنت وحدك في هذه الشبكة.</translation>
    </message>
    <message>
        <source>Invite a device</source>
        <translation>دعوة جهاز</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>الاسم</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>العنوان</translation>
    </message>
    <message>
        <source>%1. A member is a device of the mesh, not somebody on this computer.</source>
        <translation>⁨%1⁩. العضو جهاز في الشبكة، لا شخص على هذا الحاسوب.</translation>
    </message>
    <message>
        <source>Clear the filters</source>
        <translation>مسح عوامل التصفية</translation>
    </message>
</context>
<context>
    <name>PeersTable</name>
    <message>
        <source>Name</source>
        <translation>الاسم</translation>
    </message>
    <message>
        <source>State</source>
        <translation>الحالة</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>الأعضاء</translation>
    </message>
</context>
<context>
    <name>PingTab</name>
    <message>
        <source>Member or address</source>
        <translation>عضو أو عنوان</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>العناوين</translation>
    </message>
    <message>
        <source>Either</source>
        <translation>أيّهما</translation>
    </message>
    <message>
        <source>IPv4</source>
        <translation>IPv4</translation>
    </message>
    <message>
        <source>IPv6</source>
        <translation>IPv6</translation>
    </message>
    <message>
        <source>How many</source>
        <translation>العدد</translation>
    </message>
    <message>
        <source>Until stopped</source>
        <translation>حتى الإيقاف</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>إيقاف</translation>
    </message>
    <message>
        <source>Ping</source>
        <translation>اختبار الوصول</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>خطأ</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>تحذير</translation>
    </message>
    <message>
        <source>Nothing was answered</source>
        <translation>لم يأت جواب</translation>
    </message>
    <message>
        <source>The first answer appears here.</source>
        <translation>يظهر الجواب الأول هنا.</translation>
    </message>
    <message>
        <source>What came of it</source>
        <translation>ما نتج عنه</translation>
    </message>
    <message>
        <source>The way there, with three requests to each member on it</source>
        <translation>الطريق إلى هناك، بثلاثة طلبات إلى كل عضو فيه</translation>
    </message>
    <message>
        <source>Not in the mesh</source>
        <translation>ليست في الشبكة</translation>
    </message>
    <message>
        <source>Members can be pinged once this node is connected.</source>
        <translation>يمكن اختبار الوصول إلى الأعضاء حالما تتصل هذه العقدة.</translation>
    </message>
</context>
<context>
    <name>PolicyDrawer</name>
    <message>
        <source>Not saved</source>
        <translation>غير محفوظ</translation>
    </message>
    <message>
        <source>Close the editor</source>
        <translation>إغلاق المحرر</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>خطأ</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>تحذير</translation>
    </message>
    <message>
        <source>Take theirs</source>
        <translation>أخذ ما لديهم</translation>
    </message>
    <message>
        <source>Write mine over it</source>
        <translation>كتابة ما لديّ فوقه</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>حذف</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>حفظ</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>لم يتغير شيء.</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>المسودة</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>تجاهل</translation>
    </message>
    <message>
        <source>Add to draft</source>
        <translation>إضافة إلى المسودة</translation>
    </message>
    <message>
        <source>Save now</source>
        <translation>الحفظ الآن</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>حذف…</translation>
    </message>
</context>
<context>
    <name>PolicyEmpty</name>
    <message>
        <source>Nothing matches</source>
        <translation>لا شيء يطابق</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>مسح البحث</translation>
    </message>
    <message>
        <source>Not to be seen from here</source>
        <translation>لا يُرى من هنا</translation>
    </message>
    <message>
        <source>Not in the mesh</source>
        <translation>ليست في الشبكة</translation>
    </message>
    <message>
        <source>The rules of the mesh appear here once this node is connected.</source>
        <translation>تظهر قواعد الشبكة هنا حالما تتصل هذه العقدة.</translation>
    </message>
</context>
<context>
    <name>PolicyNotes</name>
    <message>
        <source>Not current</source>
        <translation>ليس حديثًا</translation>
    </message>
    <message>
        <source>This is the last that was known. What you type is kept until it can be saved.</source>
        <translation>هذا آخر ما عُرف. يُحتفظ بما تكتبه حتى يمكن حفظه.</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>تحذير</translation>
    </message>
    <message>
        <source>There is no rule: no member reaches any other. Make one that allows it.</source>
        <translation>لا توجد قاعدة: لا يصل أي عضو إلى غيره. أنشئ قاعدة تسمح بذلك.</translation>
    </message>
    <message>
        <source>Roles are switched off in this mesh: every member may change everything.</source>
        <translation>الأدوار معطّلة في هذه الشبكة: يحق لكل عضو تغيير كل شيء.</translation>
    </message>
</context>
<context>
    <name>PolicyPage</name>
    <message>
        <source>Search %1</source>
        <translation>البحث في ⁨%1⁩</translation>
    </message>
    <message>
        <source>Name or content</source>
        <translation>اسم أو محتوى</translation>
    </message>
    <message>
        <source>Throw away what you typed?</source>
        <translation>هل تتخلص مما كتبته؟</translation>
    </message>
    <message>
        <source>%1 is not saved.</source>
        <translation>⁨%1⁩ غير محفوظ.</translation>
    </message>
    <message>
        <source>Throw away</source>
        <translation>تخلّص منه</translation>
    </message>
</context>
<context>
    <name>PolicyRow</name>
    <message>
        <source>%1, %2</source>
        <translation>‏⁨%1⁩، ⁨%2⁩</translation>
    </message>
    <message>
        <source>%1, %2, %3</source>
        <translation>‏⁨%1⁩، ⁨%2⁩، ⁨%3⁩</translation>
    </message>
    <message>
        <source>Alt and the arrow keys move it.</source>
        <translation>تنقله مفاتيح الأسهم مع المفتاح البديل.</translation>
    </message>
</context>
<context>
    <name>PolicyTabs</name>
    <message>
        <source>Show</source>
        <translation>إظهار</translation>
    </message>
</context>
<context>
    <name>Presentation</name>
    <message>
        <source>Background service is not running</source>
        <translation>خدمة الخلفية لا تعمل</translation>
    </message>
    <message>
        <source>Weft attaches again as soon as it answers.</source>
        <translation>يرتبط Weft بها مجددًا حالما تجيب.</translation>
    </message>
    <message>
        <source>Waiting for the service</source>
        <translation>في انتظار الخدمة</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>اتصال</translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation>قطع الاتصال</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>إعادة المحاولة</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>جارٍ الاتصال</translation>
    </message>
    <message>
        <source>%1 (step %2 of %3)</source>
        <translation>⁨%1⁩ (الخطوة ⁨%2⁩ من ⁨%3⁩)</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>متصل</translation>
    </message>
    <message>
        <source>Connected, with a problem</source>
        <translation>متصل، مع وجود مشكلة</translation>
    </message>
    <message>
        <source>Reconnecting</source>
        <translation>جارٍ إعادة الاتصال</translation>
    </message>
    <message>
        <source>Reconnecting in %1</source>
        <translation>إعادة الاتصال بعد ⁨%1⁩</translation>
    </message>
    <message>
        <source>Could not connect</source>
        <translation>تعذر الاتصال</translation>
    </message>
    <message>
        <source>No mesh yet</source>
        <translation>لا شبكة بعد</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>غير متصل</translation>
    </message>
    <message>
        <source>Disconnecting</source>
        <translation>جارٍ قطع الاتصال</translation>
    </message>
    <message>
        <source>You can look, not change: this account is not in the group weft.</source>
        <translation>يحق لك الاطلاع لا التغيير: هذا الحساب ليس في المجموعة weft.</translation>
    </message>
    <message>
        <source>Packets of the mesh go through %1.</source>
        <translation>تمر حزم الشبكة عبر ⁨%1⁩.</translation>
    </message>
    <message>
        <source>Member of the mesh, without a tunnel.</source>
        <translation>عضو في الشبكة، بلا نفق.</translation>
    </message>
    <message>
        <source>Background service is not answering</source>
        <translation>خدمة الخلفية لا تجيب</translation>
    </message>
    <message>
        <source>The window goes on by itself as soon as it answers.</source>
        <translation>تتابع النافذة من تلقائها حالما تجيب.</translation>
    </message>
    <message>
        <source>No permission for the background service</source>
        <translation>لا إذن باستخدام خدمة الخلفية</translation>
    </message>
    <message>
        <source>This account has to be in the group weft to use it.</source>
        <translation>يجب أن يكون هذا الحساب في المجموعة weft لاستخدامها.</translation>
    </message>
    <message>
        <source>Internet through %1.</source>
        <translation>الإنترنت عبر ⁨%1⁩.</translation>
    </message>
    <message>
        <source>Traffic is blocked until the mesh is back.</source>
        <translation>حركة البيانات محجوبة حتى تعود الشبكة.</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>two sentences</comment>
        <translation>‏⁨%1⁩ ⁨%2⁩</translation>
    </message>
</context>
<context>
    <name>ProfileRow</name>
    <message>
        <source>%1 · %2 as %3</source>
        <translation>⁨%1⁩ · ⁨%2⁩ باسم ⁨%3⁩</translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation>قطع الاتصال</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>اتصال</translation>
    </message>
    <message>
        <source>You can look, not change.</source>
        <translation>يحق لك الاطلاع لا التغيير.</translation>
    </message>
    <message>
        <source>Edit %1</source>
        <translation>تعديل ⁨%1⁩</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>إزالة ⁨%1⁩</translation>
    </message>
    <message>
        <source>Connect by itself</source>
        <translation>الاتصال تلقائيًا</translation>
    </message>
    <message>
        <source>When the service starts, and again after the mesh was lost.</source>
        <translation>عند بدء الخدمة، ومجددًا بعد فقدان الشبكة.</translation>
    </message>
    <message>
        <source>Connect %1 by itself</source>
        <translation>الاتصال بالشبكة ⁨%1⁩ تلقائيًا</translation>
    </message>
    <message>
        <source>Names of the mesh</source>
        <translation>أسماء الشبكة</translation>
    </message>
    <message>
        <source>Programs on this computer find members by their names in %1. Holds from the next connect on.</source>
        <translation>تجد البرامج على هذا الحاسوب الأعضاء بأسمائهم في ⁨%1⁩. يسري من الاتصال التالي.</translation>
    </message>
    <message>
        <source>Programs on this computer find members by their names. Holds from the next connect on.</source>
        <translation>تجد البرامج على هذا الحاسوب الأعضاء بأسمائهم. يسري من الاتصال التالي.</translation>
    </message>
    <message>
        <source>Names of %1</source>
        <translation>أسماء ⁨%1⁩</translation>
    </message>
    <message>
        <source>Lockdown</source>
        <translation>وضع الإغلاق</translation>
    </message>
    <message>
        <source>From connecting to disconnecting, nothing leaves this computer but into the mesh and to networks beside it.</source>
        <translation>من الاتصال إلى قطعه لا يخرج شيء من هذا الحاسوب إلا إلى الشبكة وإلى الشبكات الفرعية المجاورة له.</translation>
    </message>
    <message>
        <source>Let nothing leave this computer but into the mesh, while it is to be connected.</source>
        <translation>لا يخرج شيء من هذا الحاسوب إلا إلى الشبكة ما دام الاتصال بها مطلوبًا.</translation>
    </message>
    <message>
        <source>Lockdown of %1</source>
        <translation>وضع الإغلاق في ⁨%1⁩</translation>
    </message>
</context>
<context>
    <name>ProfileSheet</name>
    <message>
        <source>Edit the mesh</source>
        <translation>تعديل الشبكة</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>حفظ</translation>
    </message>
    <message>
        <source>A name is needed.</source>
        <translation>الاسم مطلوب.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>الاسم</translation>
    </message>
    <message>
        <source>Shown on this computer only.</source>
        <translation>يظهر على هذا الحاسوب فقط.</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>كلمة المرور</translation>
    </message>
    <message>
        <source>Only for meshes that ask for one. It is kept in the keychain of the desktop and handed over when you connect.</source>
        <translation>للشبكات التي تطلبها فقط. تُحفظ في سلسلة مفاتيح سطح المكتب وتُسلَّم عند الاتصال.</translation>
    </message>
    <message>
        <source>Remove the kept password</source>
        <translation>إزالة كلمة المرور المحفوظة</translation>
    </message>
</context>
<context>
    <name>ProfilesCard</name>
    <message>
        <source>Meshes</source>
        <translation>الشبكات</translation>
    </message>
    <message>
        <source>Add a mesh</source>
        <translation>إضافة شبكة</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>خطأ</translation>
    </message>
</context>
<context>
    <name>QuickPanel</name>
    <message>
        <source>Weft</source>
        <translation>Weft</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>العنوان</translation>
    </message>
    <message>
        <source>Internet through %1</source>
        <translation>الإنترنت عبر ⁨%1⁩</translation>
    </message>
    <message numerus="yes">
        <source>Draft: %n edit(s)</source>
        <translation>
            <numerusform>المسودة: لا تعديلات</numerusform>
            <numerusform>المسودة: تعديل واحد</numerusform>
            <numerusform>المسودة: تعديلان</numerusform>
            <numerusform>المسودة: %n تعديلات</numerusform>
            <numerusform>المسودة: %n تعديلًا</numerusform>
            <numerusform>المسودة: %n تعديل</numerusform>
        </translation>
    </message>
    <message>
        <source>Recent members</source>
        <translation>آخر الأعضاء</translation>
    </message>
    <message>
        <source>%1. Copies the address.</source>
        <translation>⁨%1⁩. ينسخ العنوان.</translation>
    </message>
    <message>
        <source>Open console</source>
        <translation>فتح وحدة التحكم</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Overview</source>
        <translation>النظرة العامة</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>الأعضاء</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>الإعدادات</translation>
    </message>
    <message>
        <source>Routes</source>
        <translation>المسارات</translation>
    </message>
    <message>
        <source>Access</source>
        <translation>الوصول</translation>
    </message>
    <message>
        <source>Graph</source>
        <translation>المخطط</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>التغييرات</translation>
    </message>
    <message>
        <source>Diagnose</source>
        <translation>التشخيص</translation>
    </message>
</context>
<context>
    <name>RemovalSheet</name>
    <message>
        <source>Delete %1?</source>
        <translation>هل يُحذف ⁨%1⁩؟</translation>
    </message>
    <message>
        <source>Delete in the draft</source>
        <translation>الحذف في المسودة</translation>
    </message>
    <message>
        <source>Delete now</source>
        <translation>الحذف الآن</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>حذف</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>Nothing else changes by it.</source>
        <translation>لا يتغير بذلك شيء آخر.</translation>
    </message>
</context>
<context>
    <name>RemoveSheet</name>
    <message>
        <source>Remove %1?</source>
        <translation>هل تُزال ⁨%1⁩؟</translation>
    </message>
    <message>
        <source>This computer leaves the mesh and no longer lists it. The other members stay as they are.</source>
        <translation>يغادر هذا الحاسوب الشبكة ولا يعود يسردها. ويبقى الأعضاء الآخرون كما هم.</translation>
    </message>
    <message>
        <source>Remove and delete</source>
        <translation>إزالة وحذف</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>إزالة</translation>
    </message>
    <message>
        <source>Delete its key and data too</source>
        <translation>حذف مفتاحها وبياناتها أيضًا</translation>
    </message>
    <message>
        <source>Cannot be undone. To come back, this computer needs a new invitation; a mesh that was started here and has no other storage is lost.</source>
        <translation>لا يمكن التراجع عنه. للعودة يحتاج هذا الحاسوب إلى دعوة جديدة؛ والشبكة التي بدأت هنا ولا تُخزَّن في مكان آخر تضيع.</translation>
    </message>
</context>
<context>
    <name>RestoreSheet</name>
    <message>
        <source>There is nothing to restore.</source>
        <translation>لا شيء لاستعادته.</translation>
    </message>
    <message>
        <source>Restore the rules to #%1?</source>
        <translation>هل تُستعاد القواعد إلى ⁦#%1⁩؟</translation>
    </message>
    <message>
        <source>Put into the draft</source>
        <translation>الوضع في المسودة</translation>
    </message>
    <message>
        <source>Restore now</source>
        <translation>الاستعادة الآن</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>خطأ</translation>
    </message>
    <message>
        <source>Looking at how the rules were then…</source>
        <translation>يجري النظر في ما كانت عليه القواعد حينها…</translation>
    </message>
    <message>
        <source>The rules are like that already.</source>
        <translation>القواعد على تلك الحال أصلًا.</translation>
    </message>
    <message numerus="yes">
        <source>This takes back %n object(s), all as one change.</source>
        <translation>
            <numerusform>لا يتراجع هذا عن أي كائن، في تغيير واحد.</numerusform>
            <numerusform>يتراجع هذا عن كائن واحد، في تغيير واحد.</numerusform>
            <numerusform>يتراجع هذا عن كائنين، في تغيير واحد.</numerusform>
            <numerusform>يتراجع هذا عن %n كائنات، كلها في تغيير واحد.</numerusform>
            <numerusform>يتراجع هذا عن %n كائنًا، كلها في تغيير واحد.</numerusform>
            <numerusform>يتراجع هذا عن %n كائن، كلها في تغيير واحد.</numerusform>
        </translation>
    </message>
    <message>
        <source>What a restore would change</source>
        <translation>ما ستغيره الاستعادة</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>‏⁨%1⁩: ⁨%2⁩</translation>
    </message>
</context>
<context>
    <name>Review</name>
    <message>
        <source>no traffic</source>
        <translation>لا حركة بيانات</translation>
    </message>
    <message>
        <source>permitted, but no way leads there</source>
        <translation>مسموح، لكن لا طريق يؤدي إلى هناك</translation>
    </message>
    <message>
        <source>connected</source>
        <translation>متصلان</translation>
    </message>
    <message>
        <source>one-sided: %1 may reach %2, not the other way round</source>
        <translation>من جانب واحد: يحق لـ ⁨%1⁩ الوصول إلى ⁨%2⁩ لا العكس</translation>
    </message>
    <message>
        <source>%1 – %2</source>
        <comment>two members</comment>
        <translation>‏⁨%1⁩ – ⁨%2⁩</translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <comment>before, after</comment>
        <translation>‏⁨%1⁩ ← ⁨%2⁩</translation>
    </message>
    <message>
        <source>One-sided: no tunnel</source>
        <translation>من جانب واحد: لا نفق</translation>
    </message>
    <message>
        <source>Changed</source>
        <comment>a pair of members</comment>
        <translation>تغيّر</translation>
    </message>
    <message>
        <source>Gained</source>
        <comment>a pair of members</comment>
        <translation>مكتسب</translation>
    </message>
    <message>
        <source>Lost</source>
        <comment>a pair of members</comment>
        <translation>مفقود</translation>
    </message>
    <message>
        <source>no way</source>
        <translation>لا طريق</translation>
    </message>
    <message>
        <source>over %1</source>
        <translation>عبر ⁨%1⁩</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <comment>a member, a network</comment>
        <translation>من ⁨%1⁩ إلى ⁨%2⁩</translation>
    </message>
    <message>
        <source>Moved</source>
        <comment>a route</comment>
        <translation>منقول</translation>
    </message>
    <message>
        <source>Gained</source>
        <comment>a route</comment>
        <translation>مكتسب</translation>
    </message>
    <message>
        <source>Lost</source>
        <comment>a route</comment>
        <translation>مفقود</translation>
    </message>
    <message>
        <source>Gained</source>
        <comment>a right</comment>
        <translation>مكتسب</translation>
    </message>
    <message>
        <source>Lost</source>
        <comment>a right</comment>
        <translation>مفقود</translation>
    </message>
    <message>
        <source>New voters: %1</source>
        <translation>مصوّتون جدد: ⁨%1⁩</translation>
    </message>
    <message>
        <source>Gained</source>
        <comment>voters</comment>
        <translation>مكتسب</translation>
    </message>
    <message>
        <source>No longer voters: %1</source>
        <translation>لم يعودوا مصوّتين: ⁨%1⁩</translation>
    </message>
    <message>
        <source>Lost</source>
        <comment>voters</comment>
        <translation>مفقود</translation>
    </message>
    <message>
        <source>The voters %1 and %2 would not reach each other</source>
        <translation>لن يصل المصوّتان ⁨%1⁩ و⁨%2⁩ أحدهما إلى الآخر</translation>
    </message>
    <message>
        <source>Separated</source>
        <translation>منفصلان</translation>
    </message>
    <message>
        <source>Danger</source>
        <translation>خطر</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>تحذير</translation>
    </message>
    <message>
        <source>%1 would be cut off from all others</source>
        <translation>ستُقطع ⁨%1⁩ عن جميع العقد الأخرى</translation>
    </message>
    <message>
        <source>Cut off</source>
        <translation>مقطوعة</translation>
    </message>
    <message>
        <source>%1 would vanish for %2</source>
        <translation>ستختفي ⁨%1⁩ عن ⁨%2⁩</translation>
    </message>
    <message>
        <source>Its route %1 is denied, and reference nodes then drop it altogether.</source>
        <translation>مسارها ⁨%1⁩ ممنوع، وعندها تُسقطها العقد المرجعية كليًا.</translation>
    </message>
    <message>
        <source>Vanishes</source>
        <translation>تختفي</translation>
    </message>
    <message>
        <source>Access to the leader %1</source>
        <translation>الوصول إلى القائد ⁨%1⁩</translation>
    </message>
    <message>
        <source>Access to the server %1</source>
        <translation>الوصول إلى الخادم ⁨%1⁩</translation>
    </message>
    <message>
        <source>The right of this node to change: %1</source>
        <translation>صلاحية هذه العقدة لتغيير: ⁨%1⁩</translation>
    </message>
    <message>
        <source>Passes</source>
        <translation>ناجح</translation>
    </message>
    <message>
        <source>Fails</source>
        <translation>فاشل</translation>
    </message>
    <message>
        <source>No pair of members gains or loses its connection</source>
        <translation>لا زوج من الأعضاء يكتسب اتصاله أو يفقده</translation>
    </message>
    <message numerus="yes">
        <source>%n pair(s) gained</source>
        <translation>
            <numerusform>لا أزواج مكتسبة</numerusform>
            <numerusform>زوج واحد مكتسب</numerusform>
            <numerusform>زوجان مكتسبان</numerusform>
            <numerusform>%n أزواج مكتسبة</numerusform>
            <numerusform>%n زوجًا مكتسبًا</numerusform>
            <numerusform>%n زوج مكتسب</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>pairs gained, pairs lost</comment>
        <translation>‏⁨%1⁩، ⁨%2⁩</translation>
    </message>
    <message numerus="yes">
        <source>%n route(s) gained</source>
        <translation>
            <numerusform>لا مسارات مكتسبة</numerusform>
            <numerusform>مسار واحد مكتسب</numerusform>
            <numerusform>مساران مكتسبان</numerusform>
            <numerusform>%n مسارات مكتسبة</numerusform>
            <numerusform>%n مسارًا مكتسبًا</numerusform>
            <numerusform>%n مسار مكتسب</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, %2, %3</source>
        <comment>routes gained, lost, moved</comment>
        <translation>‏⁨%1⁩، ⁨%2⁩، ⁨%3⁩</translation>
    </message>
    <message numerus="yes">
        <source>%n test(s) fail</source>
        <translation>
            <numerusform>لا اختبارات فاشلة</numerusform>
            <numerusform>اختبار واحد فاشل</numerusform>
            <numerusform>اختباران فاشلان</numerusform>
            <numerusform>%n اختبارات فاشلة</numerusform>
            <numerusform>%n اختبارًا فاشلًا</numerusform>
            <numerusform>%n اختبار فاشل</numerusform>
        </translation>
    </message>
    <message>
        <source>and %1 more</source>
        <comment>lines that are left out</comment>
        <translation>و⁨%1⁩ غيرها</translation>
    </message>
    <message>
        <source>%1 lost</source>
        <comment>pairs of members</comment>
        <translation>⁨%1⁩ مفقودة</translation>
    </message>
    <message>
        <source>%1 lost</source>
        <comment>routes</comment>
        <translation>⁨%1⁩ مفقودة</translation>
    </message>
    <message>
        <source>%1 moved</source>
        <comment>routes</comment>
        <translation>⁨%1⁩ منقولة</translation>
    </message>
    <message numerus="yes">
        <source>%n test(s) pass</source>
        <translation>
            <numerusform>لا اختبارات ناجحة</numerusform>
            <numerusform>اختبار واحد ناجح</numerusform>
            <numerusform>اختباران ناجحان</numerusform>
            <numerusform>%n اختبارات ناجحة</numerusform>
            <numerusform>%n اختبارًا ناجحًا</numerusform>
            <numerusform>%n اختبار ناجح</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewColumn</name>
    <message>
        <source>What the draft would do</source>
        <translation>ما ستحدثه المسودة</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>يجري النظر…</translation>
    </message>
    <message>
        <source>What a draft would do is seen while this node is connected.</source>
        <translation>يُرى ما ستحدثه المسودة ما دامت هذه العقدة متصلة.</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>خطأ</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>إعادة المحاولة</translation>
    </message>
    <message>
        <source>Nodes that are cut off or vanish</source>
        <translation>عقد ستُقطع أو تختفي</translation>
    </message>
    <message>
        <source>Access and votes</source>
        <translation>الوصول والأصوات</translation>
    </message>
    <message>
        <source>Tests of the mesh: %1</source>
        <translation>اختبارات الشبكة: ⁨%1⁩</translation>
    </message>
</context>
<context>
    <name>RightsTab</name>
    <message>
        <source>Who</source>
        <translation>من</translation>
    </message>
    <message>
        <source>Looked at</source>
        <translation>يُنظر إليه</translation>
    </message>
    <message>
        <source>As both</source>
        <translation>بوصفه كليهما</translation>
    </message>
    <message>
        <source>As a member</source>
        <translation>بوصفه عضوًا</translation>
    </message>
    <message>
        <source>As a user</source>
        <translation>بوصفه مستخدمًا</translation>
    </message>
    <message>
        <source>Hide the command</source>
        <translation>إخفاء الأمر</translation>
    </message>
    <message>
        <source>Show me the command</source>
        <translation>إظهار الأمر</translation>
    </message>
    <message>
        <source>Rights of %1</source>
        <translation>صلاحيات ⁨%1⁩</translation>
    </message>
    <message>
        <source>The mesh says</source>
        <translation>تقول الشبكة</translation>
    </message>
    <message>
        <source>Who may change what?</source>
        <translation>من يحق له تغيير ماذا؟</translation>
    </message>
    <message>
        <source>Name a member or a user: you see what each may read, change and delete in the mesh, and which binding and role give it.</source>
        <translation>اذكر عضوًا أو مستخدمًا: فترى ما يحق له قراءته وتغييره وحذفه في الشبكة، وأي إسناد ودور يمنحانه ذلك.</translation>
    </message>
</context>
<context>
    <name>RoleForm</name>
    <message>
        <source>Add a right</source>
        <translation>إضافة صلاحية</translation>
    </message>
</context>
<context>
    <name>RoleRight</name>
    <message>
        <source>Right %1</source>
        <translation>الصلاحية ⁨%1⁩</translation>
    </message>
    <message>
        <source>Take away right %1</source>
        <translation>نزع الصلاحية ⁨%1⁩</translation>
    </message>
    <message>
        <source>What may be done</source>
        <translation>ما يجوز فعله</translation>
    </message>
    <message>
        <source>With what</source>
        <translation>وبماذا</translation>
    </message>
    <message>
        <source>Only those named</source>
        <translation>المذكورة فقط</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>الاسم</translation>
    </message>
    <message>
        <source>Empty: all of them.</source>
        <translation>إن تُرك فارغًا: جميعها.</translation>
    </message>
</context>
<context>
    <name>RouteConsentSheet</name>
    <message>
        <source>Accept</source>
        <translation>قبول</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>رفض</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>ليس الآن</translation>
    </message>
    <message>
        <source>Its key</source>
        <translation>مفتاحه</translation>
    </message>
    <message>
        <source>Your answer holds for the key that the member has now; with another key you are asked again. You can take it back under “In use” at any time.</source>
        <translation>يسري جوابك على مفتاح العضو الحالي؛ فإن ظهر مفتاح آخر سُئلت مجددًا. ويمكنك التراجع عنه تحت «مستعمل» في أي وقت.</translation>
    </message>
    <message>
        <source>Refuse it from everybody</source>
        <translation>رفضه من الجميع</translation>
    </message>
    <message>
        <source>A refusal then holds for each member of this mesh that offers it, now and later.</source>
        <translation>يسري الرفض حينها على كل عضو في هذه الشبكة يعرضه، الآن ولاحقًا.</translation>
    </message>
</context>
<context>
    <name>RouteForm</name>
    <message>
        <source>Member that leads there</source>
        <translation>العضو الذي يؤدي إلى هناك</translation>
    </message>
    <message>
        <source>Networks</source>
        <translation>الشبكات الفرعية</translation>
    </message>
    <message>
        <source>Next hop</source>
        <translation>القفزة التالية</translation>
    </message>
    <message>
        <source>None</source>
        <translation>لا أحد</translation>
    </message>
    <message>
        <source>Kept with the route; reference nodes do not use it.</source>
        <translation>يُحفظ مع المسار؛ ولا تستعمله العقد المرجعية.</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>تحذير</translation>
    </message>
</context>
<context>
    <name>RouteList</name>
    <message>
        <source>Network</source>
        <translation>الشبكة الفرعية</translation>
    </message>
    <message>
        <source>Member</source>
        <translation>عضو</translation>
    </message>
    <message>
        <source>Copy the network</source>
        <translation>نسخ الشبكة الفرعية</translation>
    </message>
    <message>
        <source>Copy the member</source>
        <translation>نسخ العضو</translation>
    </message>
    <message>
        <source>What to copy</source>
        <translation>ما يُنسخ</translation>
    </message>
</context>
<context>
    <name>RouteRow</name>
    <message>
        <source>%1, %2. %3</source>
        <translation>‏⁨%1⁩، ⁨%2⁩. ⁨%3⁩</translation>
    </message>
    <message>
        <source>Ask me again</source>
        <translation>اسألني مجددًا</translation>
    </message>
    <message>
        <source>Ask me again about %1</source>
        <translation>اسألني مجددًا عن ⁨%1⁩</translation>
    </message>
    <message>
        <source>Stop using it</source>
        <translation>إيقاف استعماله</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>رفض</translation>
    </message>
    <message>
        <source>Stop using %1</source>
        <translation>إيقاف استعمال ⁨%1⁩</translation>
    </message>
    <message>
        <source>Refuse %1</source>
        <translation>رفض ⁨%1⁩</translation>
    </message>
    <message>
        <source>Accept…</source>
        <translation>قبول…</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>قبول</translation>
    </message>
    <message>
        <source>Accept %1</source>
        <translation>قبول ⁨%1⁩</translation>
    </message>
</context>
<context>
    <name>RoutesPage</name>
    <message>
        <source>Routes</source>
        <translation>المسارات</translation>
    </message>
    <message>
        <source>No routes in use</source>
        <translation>لا مسارات مستعملة</translation>
    </message>
    <message>
        <source>Nothing is offered</source>
        <translation>لا شيء معروض</translation>
    </message>
    <message>
        <source>Nothing is refused</source>
        <translation>لا شيء مرفوض</translation>
    </message>
    <message>
        <source>This node offers no networks</source>
        <translation>لا تعرض هذه العقدة شبكات فرعية</translation>
    </message>
    <message>
        <source>Networks of the mesh and behind its members appear here once packets for them go into the tunnel.</source>
        <translation>تظهر هنا الشبكات الفرعية للشبكة وما خلف أعضائها حالما تدخل الحزم المتجهة إليها النفق.</translation>
    </message>
    <message>
        <source>What members offer besides the routes in use waits here for your answer, a way to the Internet first of all.</source>
        <translation>ما يعرضه الأعضاء سوى المسارات المستعملة ينتظر جوابك هنا، وأوله الطريق إلى الإنترنت.</translation>
    </message>
    <message>
        <source>What you have refused stands here, and can still be accepted.</source>
        <translation>ما رفضته موجود هنا، ويمكن قبوله بعد.</translation>
    </message>
    <message>
        <source>Add a route under “Whole mesh”, and name its network in the configuration of this node (mesh.routes).</source>
        <translation>أضف مسارًا تحت «الشبكة كلها»، واذكر شبكته الفرعية في إعدادات هذه العقدة (mesh.routes).</translation>
    </message>
    <message>
        <source>Connect first: an answer is for what members offer now.</source>
        <translation>اتصل أولًا: الجواب يخص ما يعرضه الأعضاء الآن.</translation>
    </message>
    <message>
        <source>Your last answer is being kept.</source>
        <translation>يجري حفظ جوابك الأخير.</translation>
    </message>
    <message>
        <source>Networks that this computer reaches through the mesh, or offers to it</source>
        <translation>الشبكات الفرعية التي يصل إليها هذا الحاسوب عبر الشبكة أو يعرضها عليها</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>مستعمل</translation>
    </message>
    <message>
        <source>Offered (%1)</source>
        <translation>المعروضة (⁨%1⁩)</translation>
    </message>
    <message>
        <source>Offered</source>
        <translation>المعروضة</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>المرفوضة</translation>
    </message>
    <message>
        <source>Offered here</source>
        <translation>المعروضة من هنا</translation>
    </message>
    <message>
        <source>Whole mesh</source>
        <translation>الشبكة كلها</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>خطأ</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>إعادة المحاولة</translation>
    </message>
    <message>
        <source>Not current</source>
        <translation>ليس حديثًا</translation>
    </message>
    <message>
        <source>This is the last that was known: nobody tells what happens now.</source>
        <translation>هذا آخر ما عُرف: لا أحد يخبر بما يحدث الآن.</translation>
    </message>
    <message>
        <source>This is the last that was known: the node is not in the mesh now.</source>
        <translation>هذا آخر ما عُرف: العقدة ليست في الشبكة الآن.</translation>
    </message>
    <message>
        <source>Not in the mesh</source>
        <translation>ليست في الشبكة</translation>
    </message>
    <message>
        <source>Routes appear here once this node is connected.</source>
        <translation>تظهر المسارات هنا حالما تتصل هذه العقدة.</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>‏⁨%1⁩ (⁨%2⁩)</translation>
    </message>
    <message>
        <source>Search routes</source>
        <translation>البحث في المسارات</translation>
    </message>
    <message>
        <source>Network, member, state</source>
        <translation>شبكة فرعية أو عضو أو حالة</translation>
    </message>
    <message>
        <source>No routes match</source>
        <translation>لا مسارات تطابق</translation>
    </message>
    <message>
        <source>What was found in the other parts stands behind their names.</source>
        <translation>ما وُجد في الأجزاء الأخرى مذكور خلف أسمائها.</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>مسح البحث</translation>
    </message>
</context>
<context>
    <name>RuleForm</name>
    <message>
        <source>What the rule does</source>
        <translation>ما تفعله القاعدة</translation>
    </message>
    <message>
        <source>Allow</source>
        <translation>السماح</translation>
    </message>
    <message>
        <source>Deny</source>
        <translation>المنع</translation>
    </message>
    <message>
        <source>From</source>
        <translation>من</translation>
    </message>
    <message>
        <source>Member or group</source>
        <translation>عضو أو مجموعة</translation>
    </message>
    <message>
        <source>To</source>
        <translation>إلى</translation>
    </message>
    <message>
        <source>Only from networks</source>
        <translation>من شبكات فرعية معينة فقط</translation>
    </message>
    <message>
        <source>Empty: from everywhere.</source>
        <translation>إن تُرك فارغًا: من كل مكان.</translation>
    </message>
    <message>
        <source>Only to networks</source>
        <translation>إلى شبكات فرعية معينة فقط</translation>
    </message>
    <message>
        <source>Empty: to everywhere.</source>
        <translation>إن تُرك فارغًا: إلى كل مكان.</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>الأولوية</translation>
    </message>
    <message>
        <source>Higher numbers are asked first. %1.</source>
        <translation>الأعداد الأكبر تُسأل أولًا. ⁨%1⁩.</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>تحذير</translation>
    </message>
    <message>
        <source>No rule allows the way back. A tunnel needs both ways, so nothing will pass.</source>
        <translation>لا قاعدة تسمح بطريق العودة. يحتاج النفق إلى الطريقين، فلن يمر شيء.</translation>
    </message>
    <message>
        <source>Allow the way back too</source>
        <translation>السماح بطريق العودة أيضًا</translation>
    </message>
    <message>
        <source>Makes a second rule beside this one.</source>
        <translation>ينشئ قاعدة ثانية بجانب هذه.</translation>
    </message>
</context>
<context>
    <name>SandboxBanner</name>
    <message>
        <source>Sandbox: nothing here is real</source>
        <translation>بيئة التجربة: لا شيء هنا حقيقي</translation>
    </message>
    <message>
        <source>Leave the sandbox</source>
        <translation>مغادرة بيئة التجربة</translation>
    </message>
</context>
<context>
    <name>SearchButton</name>
    <message>
        <source>Search everything</source>
        <translation>البحث في كل شيء</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>بحث</translation>
    </message>
    <message>
        <source>Search everything (Ctrl+K)</source>
        <translation>البحث في كل شيء (Ctrl+K)</translation>
    </message>
</context>
<context>
    <name>Sections</name>
    <message>
        <source>No zone</source>
        <translation>بلا منطقة</translation>
    </message>
    <message>
        <source>In no group</source>
        <translation>ليس في أي مجموعة</translation>
    </message>
</context>
<context>
    <name>SecurityGroup</name>
    <message>
        <source>Security</source>
        <translation>الأمان</translation>
    </message>
    <message>
        <source>What you may do here</source>
        <translation>ما يحق لك فعله هنا</translation>
    </message>
    <message>
        <source>Local access group</source>
        <translation>مجموعة الوصول المحلية</translation>
    </message>
    <message>
        <source>Keychain</source>
        <translation>سلسلة المفاتيح</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>فحص</translation>
    </message>
    <message>
        <source>Over the network</source>
        <translation>عن بُعد</translation>
    </message>
    <message>
        <source>Weft never talks to its service over the network. To see another computer, run the window there.</source>
        <translation>لا يخاطب Weft خدمته عن بُعد أبدًا. لرؤية حاسوب آخر شغّل النافذة عليه.</translation>
    </message>
</context>
<context>
    <name>Segmented</name>
    <message>
        <source>%1: %2</source>
        <translation>‏⁨%1⁩: ⁨%2⁩</translation>
    </message>
</context>
<context>
    <name>SettingRow</name>
    <message>
        <source>Reset</source>
        <translation>إعادة ضبط</translation>
    </message>
    <message>
        <source>Reset %1</source>
        <translation>إعادة ضبط ⁨%1⁩</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>الإعدادات</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>المظهر</translation>
    </message>
    <message>
        <source>About</source>
        <translation>حول البرنامج</translation>
    </message>
    <message>
        <source>General</source>
        <translation>عام</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>الإشعارات</translation>
    </message>
    <message>
        <source>Security</source>
        <translation>الأمان</translation>
    </message>
    <message>
        <source>Meshes</source>
        <translation>الشبكات</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>متقدم</translation>
    </message>
</context>
<context>
    <name>Sheet</name>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
</context>
<context>
    <name>Shell</name>
    <message>
        <source>Invite a device</source>
        <translation>دعوة جهاز</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>خطأ</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>تحذير</translation>
    </message>
    <message>
        <source>The background service is not answering.</source>
        <translation>خدمة الخلفية لا تجيب.</translation>
    </message>
    <message numerus="yes">
        <source>Draft: %n edit(s)</source>
        <translation>
            <numerusform>المسودة: لا تعديلات</numerusform>
            <numerusform>المسودة: تعديل واحد</numerusform>
            <numerusform>المسودة: تعديلان</numerusform>
            <numerusform>المسودة: %n تعديلات</numerusform>
            <numerusform>المسودة: %n تعديلًا</numerusform>
            <numerusform>المسودة: %n تعديل</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ShortcutTable</name>
    <message>
        <source>Connect or disconnect</source>
        <translation>الاتصال أو قطع الاتصال</translation>
    </message>
    <message>
        <source>Choose a mesh</source>
        <translation>اختيار شبكة</translation>
    </message>
    <message>
        <source>Next mesh</source>
        <translation>الشبكة التالية</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>النظرة العامة</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>الأعضاء</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>الإعدادات</translation>
    </message>
    <message>
        <source>Between rail and page</source>
        <translation>بين الشريط الجانبي والصفحة</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>الاختصارات</translation>
    </message>
    <message>
        <source>Hide the window</source>
        <translation>إخفاء النافذة</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>إنهاء</translation>
    </message>
    <message>
        <source>Routes</source>
        <translation>المسارات</translation>
    </message>
    <message>
        <source>Access</source>
        <translation>الوصول</translation>
    </message>
    <message>
        <source>Search the list</source>
        <translation>البحث في القائمة</translation>
    </message>
    <message>
        <source>New: a device, a rule, a route</source>
        <translation>جديد: جهاز أو قاعدة أو مسار</translation>
    </message>
    <message>
        <source>Copy the member&apos;s name</source>
        <translation>نسخ اسم العضو</translation>
    </message>
    <message>
        <source>Copy the address or network</source>
        <translation>نسخ العنوان أو الشبكة الفرعية</translation>
    </message>
    <message>
        <source>Search everything</source>
        <translation>البحث في كل شيء</translation>
    </message>
    <message>
        <source>Who reaches whom?</source>
        <translation>من يصل إلى من؟</translation>
    </message>
    <message>
        <source>Graph</source>
        <translation>المخطط</translation>
    </message>
    <message>
        <source>Enlarge the graph</source>
        <translation>تكبير المخطط</translation>
    </message>
    <message>
        <source>Shrink the graph</source>
        <translation>تصغير المخطط</translation>
    </message>
    <message>
        <source>Show the whole graph</source>
        <translation>إظهار المخطط كله</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>التغييرات</translation>
    </message>
    <message>
        <source>Review the draft</source>
        <translation>مراجعة المسودة</translation>
    </message>
    <message>
        <source>Apply the draft</source>
        <translation>تطبيق المسودة</translation>
    </message>
    <message>
        <source>Take back the last edit under Access</source>
        <translation>التراجع عن آخر تعديل في صفحة الوصول</translation>
    </message>
    <message>
        <source>Diagnose</source>
        <translation>التشخيص</translation>
    </message>
    <message>
        <source>Ping the member</source>
        <translation>اختبار الوصول إلى العضو</translation>
    </message>
</context>
<context>
    <name>ShortcutsSheet</name>
    <message>
        <source>Shortcuts</source>
        <translation>الاختصارات</translation>
    </message>
</context>
<context>
    <name>SimulatorSheet</name>
    <message>
        <source>Who reaches whom?</source>
        <translation>من يصل إلى من؟</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>Write a rule that allows it</source>
        <translation>كتابة قاعدة تسمح بذلك</translation>
    </message>
    <message>
        <source>Write a rule that denies it</source>
        <translation>كتابة قاعدة تمنع ذلك</translation>
    </message>
    <message>
        <source>From</source>
        <translation>من</translation>
    </message>
    <message>
        <source>The other way round</source>
        <translation>بالعكس</translation>
    </message>
    <message>
        <source>To</source>
        <translation>إلى</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>القواعد</translation>
    </message>
    <message>
        <source>As they are</source>
        <translation>كما هي</translation>
    </message>
    <message>
        <source>With my draft</source>
        <translation>مع مسودتي</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>خطأ</translation>
    </message>
    <message>
        <source>Asking the rules…</source>
        <translation>تُسأل القواعد…</translation>
    </message>
    <message>
        <source>Choose two members. The answer comes from the rules that set up the tunnels, for both directions.</source>
        <translation>اختر عضوين. يأتي الجواب من القواعد التي تنشئ الأنفاق، للاتجاهين.</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>الأمر</translation>
    </message>
</context>
<context>
    <name>SimulatorWords</name>
    <message>
        <source>Allowed</source>
        <translation>مسموح</translation>
    </message>
    <message>
        <source>Denied</source>
        <translation>ممنوع</translation>
    </message>
    <message>
        <source>No rule is about it, and so it is denied</source>
        <translation>لا قاعدة تخصه، ولذلك هو ممنوع</translation>
    </message>
    <message>
        <source>The rule %1 decides</source>
        <translation>القاعدة ⁨%1⁩ تقرر</translation>
    </message>
    <message>
        <source>One of them has no address of this kind</source>
        <translation>ليس لأحدهما عنوان من هذا النوع</translation>
    </message>
    <message>
        <source>Not used</source>
        <translation>غير مستعمل</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>من ⁨%1⁩ إلى ⁨%2⁩</translation>
    </message>
    <message>
        <source>Not about it</source>
        <translation>لا تخصه</translation>
    </message>
    <message numerus="yes">
        <source>%n more rules are not about it</source>
        <translation>
            <numerusform>لا قواعد أخرى لا تخصه</numerusform>
            <numerusform>قاعدة أخرى واحدة لا تخصه</numerusform>
            <numerusform>قاعدتان أخريان لا تخصانه</numerusform>
            <numerusform>%n قواعد أخرى لا تخصه</numerusform>
            <numerusform>%n قاعدةً أخرى لا تخصه</numerusform>
            <numerusform>%n قاعدة أخرى لا تخصه</numerusform>
        </translation>
    </message>
    <message>
        <source>The network %1 behind it</source>
        <translation>الشبكة الفرعية ⁨%1⁩ خلفه</translation>
    </message>
</context>
<context>
    <name>SortHeader</name>
    <message>
        <source>%1, sorted, ascending</source>
        <translation>‏⁨%1⁩، مرتب تصاعديًا</translation>
    </message>
    <message>
        <source>%1, sorted, descending</source>
        <translation>‏⁨%1⁩، مرتب تنازليًا</translation>
    </message>
</context>
<context>
    <name>Spinner</name>
    <message>
        <source>Working</source>
        <translation>يجري العمل</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Node: %1</source>
        <translation>العقدة: ⁨%1⁩</translation>
    </message>
    <message>
        <source>Leader: %1</source>
        <translation>القائد: ⁨%1⁩</translation>
    </message>
    <message>
        <source>Receiving %1</source>
        <translation>الاستلام ⁨%1⁩</translation>
    </message>
    <message>
        <source>Sending %1</source>
        <translation>الإرسال ⁨%1⁩</translation>
    </message>
</context>
<context>
    <name>Stepper</name>
    <message>
        <source>Step %1 of %2</source>
        <translation>الخطوة ⁨%1⁩ من ⁨%2⁩</translation>
    </message>
</context>
<context>
    <name>TestDrawer</name>
    <message>
        <source>Not saved</source>
        <translation>غير محفوظ</translation>
    </message>
    <message>
        <source>Close the editor</source>
        <translation>إغلاق المحرر</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>خطأ</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>تحذير</translation>
    </message>
    <message>
        <source>Take theirs</source>
        <translation>أخذ ما لديهم</translation>
    </message>
    <message>
        <source>Write mine over it</source>
        <translation>كتابة ما لديّ فوقه</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>حفظ</translation>
    </message>
    <message>
        <source>First choose which one holds.</source>
        <translation>اختر أولًا أيهما يسري.</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>لم يتغير شيء.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>حذف</translation>
    </message>
</context>
<context>
    <name>TestForm</name>
    <message>
        <source>On the rules as they are</source>
        <translation>بالقواعد كما هي</translation>
    </message>
    <message>
        <source>With your draft</source>
        <translation>مع مسودتك</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>الاسم</translation>
    </message>
    <message>
        <source>From</source>
        <translation>من</translation>
    </message>
    <message>
        <source>Member or group</source>
        <translation>عضو أو مجموعة</translation>
    </message>
    <message>
        <source>What must be</source>
        <translation>ما يجب أن يكون</translation>
    </message>
    <message>
        <source>Must reach</source>
        <translation>يجب أن يصل</translation>
    </message>
    <message>
        <source>Must not reach</source>
        <translation>يجب ألا يصل</translation>
    </message>
    <message>
        <source>To</source>
        <translation>إلى</translation>
    </message>
    <message>
        <source>Empty: through whoever leads there.</source>
        <translation>إن تُرك فارغًا: عبر أي عضو يؤدي إلى هناك.</translation>
    </message>
    <message>
        <source>Network behind them</source>
        <translation>الشبكة الفرعية خلفهم</translation>
    </message>
    <message>
        <source>Empty: the members themselves.</source>
        <translation>إن تُرك فارغًا: الأعضاء أنفسهم.</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>العناوين</translation>
    </message>
    <message>
        <source>Either</source>
        <translation>أيّهما</translation>
    </message>
</context>
<context>
    <name>TestRow</name>
    <message>
        <source>%1, %2, now: %3, with the draft: %4</source>
        <translation>‏⁨%1⁩، ⁨%2⁩، الآن: ⁨%3⁩، مع المسودة: ⁨%4⁩</translation>
    </message>
    <message>
        <source>%1, %2, %3</source>
        <translation>‏⁨%1⁩، ⁨%2⁩، ⁨%3⁩</translation>
    </message>
</context>
<context>
    <name>TestWords</name>
    <message>
        <source>everybody</source>
        <translation>الجميع</translation>
    </message>
    <message>
        <source>group %1</source>
        <translation>المجموعة ⁨%1⁩</translation>
    </message>
    <message>
        <source>IPv4 or IPv6</source>
        <translation>‏IPv4 أو IPv6</translation>
    </message>
    <message>
        <source>They have no addresses of one family</source>
        <translation>ليس لهم عناوين من نوع واحد</translation>
    </message>
    <message>
        <source>No rule is about it, and so it is denied</source>
        <translation>لا قاعدة تخصه، ولذلك هو ممنوع</translation>
    </message>
    <message>
        <source>The rule %1 allows it</source>
        <translation>تسمح به القاعدة ⁨%1⁩</translation>
    </message>
    <message>
        <source>The rule %1 denies it</source>
        <translation>تمنعه القاعدة ⁨%1⁩</translation>
    </message>
    <message>
        <source>%1 through %2</source>
        <comment>a network and who leads there</comment>
        <translation>⁨%1⁩ عبر ⁨%2⁩</translation>
    </message>
    <message>
        <source>%1 must reach %2</source>
        <translation>يجب أن يصل ⁨%1⁩ إلى ⁨%2⁩</translation>
    </message>
    <message>
        <source>%1 must not reach %2</source>
        <translation>يجب ألا يصل ⁨%1⁩ إلى ⁨%2⁩</translation>
    </message>
    <message>
        <source>%1 by %2</source>
        <comment>a sentence and IPv4 or IPv6</comment>
        <translation>⁨%1⁩ عبر ⁨%2⁩</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>لا شيء</translation>
    </message>
    <message>
        <source>%1: yours is %2, theirs is %3</source>
        <comment>a field of a test</comment>
        <translation>⁨%1⁩: لديك ⁨%2⁩، ولديهم ⁨%3⁩</translation>
    </message>
    <message>
        <source>must reach</source>
        <translation>يجب أن يصل إلى</translation>
    </message>
    <message>
        <source>must not reach</source>
        <translation>يجب ألا يصل إلى</translation>
    </message>
    <message>
        <source>What must be</source>
        <translation>ما يجب أن يكون</translation>
    </message>
    <message>
        <source>From</source>
        <translation>من</translation>
    </message>
    <message>
        <source>To</source>
        <translation>إلى</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>الشبكة الفرعية</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>العناوين</translation>
    </message>
    <message>
        <source>%1. The way back: %2</source>
        <comment>two verdicts of rules</comment>
        <translation>⁨%1⁩. طريق العودة: ⁨%2⁩</translation>
    </message>
    <message numerus="yes">
        <source>%n pass</source>
        <translation>
            <numerusform>لا نجاح</numerusform>
            <numerusform>نجاح واحد</numerusform>
            <numerusform>نجاحان</numerusform>
            <numerusform>%n ناجحة</numerusform>
            <numerusform>%n ناجحًا</numerusform>
            <numerusform>%n ناجح</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n fail</source>
        <translation>
            <numerusform>لا فشل</numerusform>
            <numerusform>فشل واحد</numerusform>
            <numerusform>فشلان</numerusform>
            <numerusform>%n فاشلة</numerusform>
            <numerusform>%n فاشلًا</numerusform>
            <numerusform>%n فاشل</numerusform>
        </translation>
    </message>
    <message>
        <source>The background service ran them %1: %2, %3</source>
        <translation>أجرتها خدمة الخلفية ⁨%1⁩: ⁨%2⁩، ⁨%3⁩</translation>
    </message>
    <message>
        <source>The background service ran them: %1, %2</source>
        <translation>أجرتها خدمة الخلفية: ⁨%1⁩، ⁨%2⁩</translation>
    </message>
</context>
<context>
    <name>TestsTab</name>
    <message>
        <source>Error</source>
        <translation>خطأ</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>إعادة المحاولة</translation>
    </message>
    <message>
        <source>Now: %1. With your draft: %2.</source>
        <translation>الآن: ⁨%1⁩. مع مسودتك: ⁨%2⁩.</translation>
    </message>
    <message>
        <source>Hide the command</source>
        <translation>إخفاء الأمر</translation>
    </message>
    <message>
        <source>Show me the command</source>
        <translation>إظهار الأمر</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>الآن</translation>
    </message>
    <message>
        <source>With my draft</source>
        <translation>مع مسودتي</translation>
    </message>
    <message>
        <source>Tests</source>
        <translation>الاختبارات</translation>
    </message>
    <message>
        <source>No tests yet</source>
        <translation>لا اختبارات بعد</translation>
    </message>
    <message>
        <source>This mesh keeps no tests</source>
        <translation>لا تحفظ هذه الشبكة اختبارات</translation>
    </message>
    <message>
        <source>A test says who must reach whom, or must not: “laptops must reach the nas”. It is run on each draft before it is applied, and by every node when the rules change, so that a mistake is seen before somebody misses something.</source>
        <translation>يقول الاختبار من يجب أن يصل إلى من، أو من يجب ألا يصل: «يجب أن تصل الحواسيب المحمولة إلى nas». يُجرى على كل مسودة قبل تطبيقها، وتجريه كل عقدة حين تتغير القواعد، فيُرى الخطأ قبل أن يفتقد أحد شيئًا.</translation>
    </message>
    <message>
        <source>A newer service keeps tests of who must reach whom with the mesh, and runs them on each draft.</source>
        <translation>تحفظ الخدمة الأحدث مع الشبكة اختبارات من يجب أن يصل إلى من، وتجريها على كل مسودة.</translation>
    </message>
    <message>
        <source>Write the first test</source>
        <translation>كتابة الاختبار الأول</translation>
    </message>
</context>
<context>
    <name>TogglePill</name>
    <message>
        <source>%1: %2</source>
        <translation>‏⁨%1⁩: ⁨%2⁩</translation>
    </message>
</context>
<context>
    <name>TrafficCard</name>
    <message>
        <source>Throughput</source>
        <translation>معدل النقل</translation>
    </message>
</context>
<context>
    <name>UndoSheet</name>
    <message>
        <source>Undo %1?</source>
        <translation>هل تتراجع عن ⁨%1⁩؟</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>تراجع</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>It is made in the mesh at once, as a change of its own that can be undone as well. It is refused when others have changed the same since.</source>
        <translation>يُنفَّذ في الشبكة فورًا بوصفه تغييرًا مستقلًا يمكن التراجع عنه أيضًا. ويُرفض إن غيّر آخرون الشيء نفسه بعد ذلك.</translation>
    </message>
</context>
<context>
    <name>WaitingBanner</name>
    <message>
        <source>A change waits to be kept</source>
        <translation>تغيير ينتظر الإبقاء عليه</translation>
    </message>
    <message>
        <source>Take back now</source>
        <translation>التراجع الآن</translation>
    </message>
    <message>
        <source>Keep them</source>
        <translation>الإبقاء عليها</translation>
    </message>
</context>
<context>
    <name>WayWords</name>
    <message>
        <source>no common family</source>
        <translation>لا نوع عناوين مشترك</translation>
    </message>
    <message>
        <source>One of the two is known under IPv4 addresses alone, the other under IPv6 addresses.</source>
        <translation>أحد الاثنين معروف بعناوين IPv4 وحدها، والآخر بعناوين IPv6.</translation>
    </message>
    <message>
        <source>Give both nodes the same family of addresses, or one of them both.</source>
        <translation>أعطِ العقدتين نوع العناوين نفسه، أو أعطِ إحداهما النوعين.</translation>
    </message>
    <message>
        <source>no public endpoint</source>
        <translation>لا نقطة نهاية عامة</translation>
    </message>
    <message>
        <source>Nobody has seen yet where one of the two can be called.</source>
        <translation>لم ير أحد بعد أين يمكن نداء أحد الاثنين.</translation>
    </message>
    <message>
        <source>Wait until both have talked to a member that is reachable from outside; else set an endpoint for one of them.</source>
        <translation>انتظر حتى يخاطب الاثنان عضوًا يمكن الوصول إليه من الخارج؛ وإلا فحدد نقطة نهاية لأحدهما.</translation>
    </message>
    <message>
        <source>symmetric NAT</source>
        <translation>ترجمة NAT متناظرة</translation>
    </message>
    <message>
        <source>Forward the WireGuard port on one of the routers and set it as the node&apos;s endpoint, or switch the router from symmetric to cone translation.</source>
        <translation>أعد توجيه منفذ WireGuard على أحد الموجّهين وحدده نقطة نهاية للعقدة، أو حوّل الموجّه من الترجمة المتناظرة إلى المخروطية.</translation>
    </message>
    <message>
        <source>handshake timeout</source>
        <translation>انتهت مهلة المصافحة</translation>
    </message>
    <message>
        <source>Both nodes have called each other, and nothing came through.</source>
        <translation>نادت العقدتان إحداهما الأخرى، ولم يصل شيء.</translation>
    </message>
    <message>
        <source>rules for one direction alone</source>
        <translation>قواعد لاتجاه واحد فقط</translation>
    </message>
    <message>
        <source>The access rules let packets pass in one direction only.</source>
        <translation>لا تدع قواعد الوصول الحزم تمر إلا في اتجاه واحد.</translation>
    </message>
    <message>
        <source>Add a rule for the other direction.</source>
        <translation>أضف قاعدة للاتجاه الآخر.</translation>
    </message>
    <message>
        <source>does not take part</source>
        <translation>لا تشارك</translation>
    </message>
    <message>
        <source>The node does not take part in finding direct ways.</source>
        <translation>لا تشارك العقدة في إيجاد الطرق المباشرة.</translation>
    </message>
    <message>
        <source>Run Weft with a tunnel on both nodes, or give one of them an endpoint.</source>
        <translation>شغّل Weft بنفق على العقدتين، أو أعطِ إحداهما نقطة نهاية.</translation>
    </message>
    <message>
        <source>Direct</source>
        <translation>مباشر</translation>
    </message>
    <message>
        <source>Being tried</source>
        <translation>قيد التجربة</translation>
    </message>
    <message>
        <source>Relayed</source>
        <translation>مُرحَّل</translation>
    </message>
    <message>
        <source>Relayed: %1</source>
        <translation>مُرحَّل: ⁨%1⁩</translation>
    </message>
    <message>
        <source>Packets go over other members while a direct way is tried.</source>
        <translation>تذهب الحزم عبر أعضاء آخرين ريثما يُجرَّب طريق مباشر.</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>‏⁨%1⁩ ⁨%2⁩</translation>
    </message>
    <message>
        <source>A router gives each destination another port, so that a node cannot be called where others see it.</source>
        <translation>يعطي موجّه كل وجهة منفذًا مختلفًا، فلا يمكن نداء العقدة حيث يراها الآخرون.</translation>
    </message>
    <message>
        <source>Let UDP through between the two, or forward the WireGuard port on one of the routers; it is tried again by itself. That a router gives each destination another port is known once two members see the node.</source>
        <translation>اسمح بمرور UDP بين الاثنين، أو أعد توجيه منفذ WireGuard على أحد الموجّهين؛ وتُعاد المحاولة تلقائيًا. يُعرف أن موجّهًا يعطي كل وجهة منفذًا مختلفًا حالما يرى عضوان العقدة.</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>The background service does not answer. Weft goes on trying; try again then.</source>
        <translation>خدمة الخلفية لا تجيب. يواصل Weft المحاولة؛ فأعد المحاولة حينها.</translation>
    </message>
    <message>
        <source>No answer came in time. It may still have happened: look before you repeat it.</source>
        <translation>لم يأت جواب في الوقت المحدد. ربما حدث الأمر مع ذلك: انظر قبل أن تكرره.</translation>
    </message>
    <message>
        <source>This account may not do that. An administrator can.</source>
        <translation>لا يحق ذلك لهذا الحساب. يستطيعه مسؤول النظام.</translation>
    </message>
    <message>
        <source>The mesh did not accept who we are.</source>
        <translation>لم تقبل الشبكة هويتنا.</translation>
    </message>
    <message>
        <source>The service that runs here cannot do that.</source>
        <translation>الخدمة التي تعمل هنا لا تستطيع ذلك.</translation>
    </message>
    <message>
        <source>It was cancelled.</source>
        <translation>أُلغي.</translation>
    </message>
    <message>
        <source>This is an error in Weft. The log says more.</source>
        <translation>هذا خطأ في Weft. يقول سجل الأحداث المزيد.</translation>
    </message>
    <message>
        <source>Stored data is damaged.</source>
        <translation>البيانات المخزنة تالفة.</translation>
    </message>
    <message>
        <source>There is no room for it.</source>
        <translation>لا متسع له.</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>⁨%1⁩ ث</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>⁨%1⁩ د</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>⁨%1⁩ س</translation>
    </message>
    <message>
        <source>%1 %2 min</source>
        <translation>⁨%1⁩ و⁨%2⁩ د</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>أقل من يوم</numerusform>
            <numerusform>يوم واحد</numerusform>
            <numerusform>يومين</numerusform>
            <numerusform>%n أيام</numerusform>
            <numerusform>%n يومًا</numerusform>
            <numerusform>%n يوم</numerusform>
        </translation>
    </message>
    <message>
        <source>just now</source>
        <translation>الآن</translation>
    </message>
    <message>
        <source>%1 ago</source>
        <translation>قبل ⁨%1⁩</translation>
    </message>
    <message>
        <source>in %1</source>
        <translation>بعد ⁨%1⁩</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>‏⁨%1⁩: ⁨%2⁩</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>‏⁨%1⁩ ⁨%2⁩</translation>
    </message>
    <message numerus="yes">
        <source>%n member(s)</source>
        <translation>
            <numerusform>لا أعضاء</numerusform>
            <numerusform>عضو واحد</numerusform>
            <numerusform>عضوان</numerusform>
            <numerusform>%n أعضاء</numerusform>
            <numerusform>%n عضوًا</numerusform>
            <numerusform>%n عضو</numerusform>
        </translation>
    </message>
    <message>
        <source>Leader</source>
        <translation>القائد</translation>
    </message>
    <message>
        <source>Voter</source>
        <translation>مصوّت</translation>
    </message>
    <message>
        <source>Observer</source>
        <translation>مراقب</translation>
    </message>
    <message>
        <source>Member</source>
        <translation>عضو</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>غير معروف</translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>⁨%1⁩/ث</translation>
    </message>
</context>
<context>
    <name>weft::app::Application</name>
    <message>
        <source>Built-in core</source>
        <translation>النواة المدمجة</translation>
    </message>
    <message>
        <source>Sandbox</source>
        <translation>بيئة التجربة</translation>
    </message>
    <message>
        <source>The mesh is left</source>
        <translation>تُغادَر الشبكة</translation>
    </message>
    <message>
        <source>Its core ends with this program.</source>
        <translation>تنتهي نواته مع هذا البرنامج.</translation>
    </message>
    <message>
        <source>The mesh stays connected</source>
        <translation>تبقى الشبكة متصلة</translation>
    </message>
    <message>
        <source>The background service goes on without this window.</source>
        <translation>تستمر خدمة الخلفية دون هذه النافذة.</translation>
    </message>
</context>
<context>
    <name>weft::app::DesktopNotifier</name>
    <message>
        <source>Show</source>
        <translation>إظهار</translation>
    </message>
</context>
<context>
    <name>weft::app::Tray</name>
    <message>
        <source>Weft</source>
        <translation>Weft</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>‏⁨%1⁩: ⁨%2⁩</translation>
    </message>
</context>
<context>
    <name>weft::app::WindowKeeper</name>
    <message>
        <source>Weft goes on in the panel</source>
        <translation>يستمر Weft في شريط سطح المكتب</translation>
    </message>
    <message>
        <source>Its icon brings the window back. What closing does can be chosen in the settings.</source>
        <translation>تعيد أيقونته النافذة. ويمكن اختيار ما يفعله الإغلاق في الإعدادات.</translation>
    </message>
    <message>
        <source>Weft goes on without its window</source>
        <translation>يستمر Weft دون نافذته</translation>
    </message>
    <message>
        <source>No panel here shows its icon, so the window is only minimised. What closing does can be chosen in the settings.</source>
        <translation>لا شريط هنا يعرض أيقونته، فتُصغَّر النافذة فقط. ويمكن اختيار ما يفعله الإغلاق في الإعدادات.</translation>
    </message>
</context>
<context>
    <name>weft::qml::TimeChart</name>
    <message>
        <source>%1: %2</source>
        <translation>‏⁨%1⁩: ⁨%2⁩</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>لا جواب</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::AccessViewModel</name>
    <message>
        <source>The rules could not be read</source>
        <translation>تعذرت قراءة القواعد</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>الجميع</translation>
    </message>
    <message>
        <source>%1 And %2 more.</source>
        <comment>the first problem and how many more</comment>
        <translation>⁨%1⁩ و⁨%2⁩ غيرها.</translation>
    </message>
    <message>
        <source>Nothing was pasted: at most %1 names go in at once.</source>
        <translation>لم يُلصق شيء: لا يدخل أكثر من ⁨%1⁩ من الأسماء دفعة واحدة.</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::AppViewModel</name>
    <message>
        <source>Weft goes on trying.</source>
        <translation>يواصل Weft المحاولة.</translation>
    </message>
    <message>
        <source>Weft goes on trying. The cause: %1.</source>
        <translation>يواصل Weft المحاولة. السبب: ⁨%1⁩.</translation>
    </message>
    <message>
        <source>You can look, not change. To change something, this account has to be in the group weft: sudo usermod -aG weft $USER</source>
        <translation>يحق لك الاطلاع لا التغيير. لتغيير شيء يجب أن يكون هذا الحساب في المجموعة weft: sudo usermod -aG weft $USER</translation>
    </message>
    <message>
        <source>Service %1</source>
        <translation>الخدمة ⁨%1⁩</translation>
    </message>
    <message>
        <source>%1, version %2</source>
        <translation>‏⁨%1⁩، الإصدار ⁨%2⁩</translation>
    </message>
    <message>
        <source>Copied: %1</source>
        <translation>نُسخ: ⁨%1⁩</translation>
    </message>
    <message>
        <source>It is there and has not answered for some seconds. Nothing is lost: the window goes on by itself when it does.</source>
        <translation>هي موجودة ولم تجب منذ ثوانٍ. لم يضع شيء: تتابع النافذة من تلقائها حين تجيب.</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::Appearance</name>
    <message>
        <source>System</source>
        <translation>النظام</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::BindingEditor</name>
    <message>
        <source>Choose the role that it gives.</source>
        <translation>اختر الدور الذي يمنحه.</translation>
    </message>
    <message>
        <source>There is no role of that name.</source>
        <translation>لا دور بهذا الاسم.</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::ChangesViewModel</name>
    <message>
        <source>The draft could not be read</source>
        <translation>تعذرت قراءة المسودة</translation>
    </message>
    <message numerus="yes">
        <source>%n edit(s)</source>
        <translation>
            <numerusform>لا تعديلات</numerusform>
            <numerusform>تعديل واحد</numerusform>
            <numerusform>تعديلان</numerusform>
            <numerusform>%n تعديلات</numerusform>
            <numerusform>%n تعديلًا</numerusform>
            <numerusform>%n تعديل</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, changed %2</source>
        <comment>edits of the draft, when</comment>
        <translation>‏⁨%1⁩، آخرها ⁨%2⁩</translation>
    </message>
    <message>
        <source>The background service does not answer.</source>
        <translation>خدمة الخلفية لا تجيب.</translation>
    </message>
    <message>
        <source>The draft has no edits.</source>
        <translation>ليس في المسودة تعديلات.</translation>
    </message>
    <message>
        <source>Connect first: the draft is made in the mesh.</source>
        <translation>اتصل أولًا: تُنفَّذ المسودة في الشبكة.</translation>
    </message>
    <message numerus="yes">
        <source>First decide about %n conflict(s).</source>
        <translation>
            <numerusform>لا تعارضات تنتظر قرارك.</numerusform>
            <numerusform>قرر أولًا بشأن تعارض واحد.</numerusform>
            <numerusform>قرر أولًا بشأن تعارضين.</numerusform>
            <numerusform>قرر أولًا بشأن %n تعارضات.</numerusform>
            <numerusform>قرر أولًا بشأن %n تعارضًا.</numerusform>
            <numerusform>قرر أولًا بشأن %n تعارض.</numerusform>
        </translation>
    </message>
    <message>
        <source>Another change waits to be kept or taken back.</source>
        <translation>ينتظر تغيير آخر الإبقاء عليه أو التراجع عنه.</translation>
    </message>
    <message>
        <source>The draft is applied; keep it before its time is over</source>
        <translation>طُبِّقت المسودة؛ أبقِ عليها قبل انتهاء وقتها</translation>
    </message>
    <message>
        <source>The draft is applied</source>
        <translation>طُبِّقت المسودة</translation>
    </message>
    <message>
        <source>Nobody knows whether the draft was applied: the background service was lost meanwhile. What you see here is kept; look at the history before you apply it again.</source>
        <translation>لا أحد يعرف هل طُبِّقت المسودة: فُقدت خدمة الخلفية في تلك الأثناء. ما تراه هنا محفوظ؛ انظر في سجل التغييرات قبل أن تطبقها مجددًا.</translation>
    </message>
    <message>
        <source>The draft was not applied and is kept</source>
        <translation>لم تُطبَّق المسودة وهي محفوظة</translation>
    </message>
    <message>
        <source>Nothing was applied: others have changed the same meanwhile. Your draft is kept; decide what holds.</source>
        <translation>لم يُطبَّق شيء: غيّر آخرون الشيء نفسه في تلك الأثناء. مسودتك محفوظة؛ قرر ما يسري.</translation>
    </message>
    <message>
        <source>Nothing was applied: the draft was changed in another window. This is how it is now; look at it once more.</source>
        <translation>لم يُطبَّق شيء: تغيرت المسودة في نافذة أخرى. هذه حالها الآن؛ انظر إليها مرة أخرى.</translation>
    </message>
    <message>
        <source>Nothing was applied and your draft is kept</source>
        <translation>لم يُطبَّق شيء ومسودتك محفوظة</translation>
    </message>
    <message>
        <source>%1: the draft was changed in another window. This is how it is now.</source>
        <translation>⁨%1⁩: تغيرت المسودة في نافذة أخرى. هذه حالها الآن.</translation>
    </message>
    <message>
        <source>The edit was not discarded</source>
        <translation>لم يُتجاهل التعديل</translation>
    </message>
    <message>
        <source>%1 is out of the draft</source>
        <translation>⁨%1⁩ خارج المسودة</translation>
    </message>
    <message>
        <source>The draft was not discarded</source>
        <translation>لم تُتجاهل المسودة</translation>
    </message>
    <message>
        <source>The draft is discarded</source>
        <translation>تُجوهلت المسودة</translation>
    </message>
    <message>
        <source>The conflict is not decided</source>
        <translation>لم يُحسم التعارض</translation>
    </message>
    <message>
        <source>%1: yours holds</source>
        <translation>⁨%1⁩: يسري ما لديك</translation>
    </message>
    <message>
        <source>%1: theirs holds</source>
        <translation>⁨%1⁩: يسري ما لديهم</translation>
    </message>
    <message>
        <source>The fix is not in the draft</source>
        <translation>الإصلاح ليس في المسودة</translation>
    </message>
    <message>
        <source>The fix is in the draft</source>
        <translation>الإصلاح في المسودة</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::ConflictModel</name>
    <message>
        <source>It did not exist</source>
        <translation>لم يكن موجودًا</translation>
    </message>
    <message>
        <source>Your draft removes it</source>
        <translation>تزيله مسودتك</translation>
    </message>
    <message>
        <source>Somebody removed it</source>
        <translation>أزاله أحد</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::ConnectionViewModel</name>
    <message>
        <source>Leader</source>
        <translation>القائد</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>العناوين</translation>
    </message>
    <message>
        <source>State of the mesh</source>
        <translation>حالة الشبكة</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>الشهادة</translation>
    </message>
    <message>
        <source>Tunnel</source>
        <translation>النفق</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>الأسماء</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>سليم</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>تحذير</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>أخفق</translation>
    </message>
    <message>
        <source>Not in use</source>
        <translation>غير مستعمل</translation>
    </message>
    <message>
        <source>Pending</source>
        <translation>معلّق</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>ملاحظة</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>خطأ</translation>
    </message>
    <message>
        <source>This node</source>
        <translation>هذه العقدة</translation>
    </message>
    <message>
        <source>Ended %1</source>
        <translation>انتهت ⁨%1⁩</translation>
    </message>
    <message>
        <source>Ends %1</source>
        <translation>تنتهي ⁨%1⁩</translation>
    </message>
    <message>
        <source>Connect first: an invitation is made by the mesh.</source>
        <translation>اتصل أولًا: الشبكة هي التي تنشئ الدعوة.</translation>
    </message>
    <message>
        <source>This mesh does not keep invitations.</source>
        <translation>لا تحفظ هذه الشبكة دعوات.</translation>
    </message>
    <message>
        <source>Only an administrator of the mesh can invite.</source>
        <translation>لا يستطيع الدعوة إلا مسؤول الشبكة.</translation>
    </message>
    <message>
        <source>You can look, not change.</source>
        <translation>يحق لك الاطلاع لا التغيير.</translation>
    </message>
    <message>
        <source>Connecting failed</source>
        <translation>أخفق الاتصال</translation>
    </message>
    <message>
        <source>Disconnecting failed</source>
        <translation>أخفق قطع الاتصال</translation>
    </message>
    <message>
        <source>%1, UDP port %2</source>
        <translation>‏⁨%1⁩، منفذ UDP رقم ⁨%2⁩</translation>
    </message>
    <message>
        <source>Routes</source>
        <translation>المسارات</translation>
    </message>
    <message>
        <source>Handshakes</source>
        <translation>المصافحات</translation>
    </message>
    <message>
        <source>Lockdown</source>
        <translation>وضع الإغلاق</translation>
    </message>
    <message>
        <source>for %1</source>
        <translation>لـ ⁨%1⁩</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>‏⁨%1⁩ · ⁨%2⁩</translation>
    </message>
    <message numerus="yes">
        <source>%n problem(s)</source>
        <translation>
            <numerusform>لا مشكلات</numerusform>
            <numerusform>مشكلة واحدة</numerusform>
            <numerusform>مشكلتان</numerusform>
            <numerusform>%n مشكلات</numerusform>
            <numerusform>%n مشكلةً</numerusform>
            <numerusform>%n مشكلة</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::DraftReview</name>
    <message>
        <source>The draft could not be reviewed</source>
        <translation>تعذرت مراجعة المسودة</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>لم يُعثر على شيء</translation>
    </message>
    <message numerus="yes">
        <source>%n finding(s)</source>
        <translation>
            <numerusform>لا ملاحظات</numerusform>
            <numerusform>ملاحظة واحدة</numerusform>
            <numerusform>ملاحظتان</numerusform>
            <numerusform>%n ملاحظات</numerusform>
            <numerusform>%n ملاحظةً</numerusform>
            <numerusform>%n ملاحظة</numerusform>
        </translation>
    </message>
    <message>
        <source>%1; the mesh is so large that some checks were left out</source>
        <translation>‏⁨%1⁩؛ الشبكة كبيرة إلى حد أن بعض الفحوص تُرك</translation>
    </message>
    <message>
        <source>The rules could not be checked</source>
        <translation>تعذر فحص القواعد</translation>
    </message>
    <message>
        <source>The tests could not be run</source>
        <translation>تعذر إجراء الاختبارات</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::EdgeEditor</name>
    <message>
        <source>An edge connects two different members.</source>
        <translation>يصل الضلع بين عضوين مختلفين.</translation>
    </message>
    <message>
        <source>A whole number, 0 or more.</source>
        <translation>عدد صحيح، 0 أو أكثر.</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::EdgeReader</name>
    <message>
        <source>The links of the mesh could not be read</source>
        <translation>تعذرت قراءة وصلات الشبكة</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::EditUndo</name>
    <message>
        <source>There is nothing to take back</source>
        <translation>لا شيء للتراجع عنه</translation>
    </message>
    <message>
        <source>%1 is no longer in the draft as you put it there</source>
        <translation>لم يعد ⁨%1⁩ في المسودة كما وضعته</translation>
    </message>
    <message>
        <source>Undone: %1 in the draft</source>
        <translation>تم التراجع: ⁨%1⁩ في المسودة</translation>
    </message>
    <message>
        <source>%1 was not undone</source>
        <translation>لم يتم التراجع عن ⁨%1⁩</translation>
    </message>
    <message>
        <source>Undone: %1 is as it was before</source>
        <translation>تم التراجع: عاد ⁨%1⁩ كما كان</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::ExitNodes</name>
    <message>
        <source>The way to the Internet was not changed</source>
        <translation>لم يتغير الطريق إلى الإنترنت</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::FirstRunViewModel</name>
    <message>
        <source>The background service does not answer yet.</source>
        <translation>لم تجب خدمة الخلفية بعد.</translation>
    </message>
    <message>
        <source>The service that runs here is another implementation: Weft can show its state, but not make or join meshes with it.</source>
        <translation>الخدمة التي تعمل هنا تطبيق آخر: يستطيع Weft عرض حالتها، لا إنشاء شبكات بها ولا الانضمام إليها.</translation>
    </message>
    <message>
        <source>You can look, not change: this account is not in the group weft.</source>
        <translation>يحق لك الاطلاع لا التغيير: هذا الحساب ليس في المجموعة weft.</translation>
    </message>
    <message>
        <source>Ended %1. Ask for a new code.</source>
        <translation>انتهت ⁨%1⁩. اطلب رمزًا جديدًا.</translation>
    </message>
    <message>
        <source>Ends %1</source>
        <translation>تنتهي ⁨%1⁩</translation>
    </message>
    <message>
        <source>A mesh needs a domain, such as home.internal.</source>
        <translation>تحتاج الشبكة إلى نطاق، مثل home.internal.</translation>
    </message>
    <message>
        <source>A domain is made of letters, digits and hyphens, with dots between.</source>
        <translation>يتكون النطاق من حروف لاتينية وأرقام وواصلات، بينها نقاط.</translation>
    </message>
    <message>
        <source>A name is made of letters, digits and hyphens, at most 63.</source>
        <translation>يتكون الاسم من حروف لاتينية وأرقام وواصلات، 63 على الأكثر.</translation>
    </message>
    <message>
        <source>The mesh could not be created</source>
        <translation>تعذر إنشاء الشبكة</translation>
    </message>
    <message>
        <source>The code cannot be read</source>
        <translation>تعذرت قراءة الرمز</translation>
    </message>
    <message>
        <source>Joining failed</source>
        <translation>أخفق الانضمام</translation>
    </message>
    <message>
        <source>Attaching failed</source>
        <translation>أخفق الارتباط</translation>
    </message>
    <message>
        <source>The clipboard holds no invitation code: copy it first.</source>
        <translation>لا رمز دعوة في الحافظة: انسخه أولًا.</translation>
    </message>
    <message>
        <source>There is no such file: %1</source>
        <translation>لا ملف كهذا: ⁨%1⁩</translation>
    </message>
    <message>
        <source>The file cannot be read: %1</source>
        <translation>تتعذر قراءة الملف: ⁨%1⁩</translation>
    </message>
    <message>
        <source>The file holds no invitation code.</source>
        <translation>لا رمز دعوة في الملف.</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::GraphExporter</name>
    <message>
        <source>The file could not be written</source>
        <translation>تعذرت كتابة الملف</translation>
    </message>
    <message>
        <source>Written: %1</source>
        <translation>كُتب: ⁨%1⁩</translation>
    </message>
    <message>
        <source>The picture could not be written. Choose a folder that you may write to.</source>
        <translation>تعذرت كتابة الصورة. اختر مجلدًا يحق لك الكتابة فيه.</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::GraphViewModel</name>
    <message>
        <source>Cut off</source>
        <translation>مقطوعة</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>a member and its links, and what becomes of it</comment>
        <translation>‏⁨%1⁩، ⁨%2⁩</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>how many members, how many links</comment>
        <translation>‏⁨%1⁩، ⁨%2⁩</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>⁨%1⁩ من ⁨%2⁩</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>a group and how many are in it</comment>
        <translation>‏⁨%1⁩ (⁨%2⁩)</translation>
    </message>
    <message>
        <source>The rules could not be asked</source>
        <translation>تعذر سؤال القواعد</translation>
    </message>
    <message>
        <source>Choose a node to see whom it may reach, and who may reach it.</source>
        <translation>اختر عقدة لترى إلى من يحق لها الوصول، ومن يحق له الوصول إليها.</translation>
    </message>
    <message>
        <source>Shown is who %1 may reach and be reached by.</source>
        <translation>يُعرض من يحق لـ ⁨%1⁩ الوصول إليه ومن يحق له الوصول إليها.</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::GroupDraft</name>
    <message>
        <source>The groups are not known: this account may not read the rules.</source>
        <translation>المجموعات غير معروفة: لا يحق لهذا الحساب قراءة القواعد.</translation>
    </message>
    <message>
        <source>This service keeps no drafts.</source>
        <translation>هذه الخدمة لا تحفظ مسودات.</translation>
    </message>
    <message>
        <source>There is no group yet. Make one on the page Access.</source>
        <translation>لا توجد مجموعة بعد. أنشئ واحدة في صفحة الوصول.</translation>
    </message>
    <message>
        <source>There is no group %1 any more</source>
        <translation>لم تعد المجموعة ⁨%1⁩ موجودة</translation>
    </message>
    <message>
        <source>They are in the group %1 already</source>
        <translation>هم في المجموعة ⁨%1⁩ أصلًا</translation>
    </message>
    <message numerus="yes">
        <source>In the draft: %n member(s) more in the group %1</source>
        <translation>
            <numerusform>في المسودة: لا أعضاء إضافيين في المجموعة ⁨%1⁩</numerusform>
            <numerusform>في المسودة: عضو إضافي واحد في المجموعة ⁨%1⁩</numerusform>
            <numerusform>في المسودة: عضوان إضافيان في المجموعة ⁨%1⁩</numerusform>
            <numerusform>في المسودة: %n أعضاء إضافيين في المجموعة ⁨%1⁩</numerusform>
            <numerusform>في المسودة: %n عضوًا إضافيًا في المجموعة ⁨%1⁩</numerusform>
            <numerusform>في المسودة: %n عضو إضافي في المجموعة ⁨%1⁩</numerusform>
        </translation>
    </message>
    <message>
        <source>They could not be added to the group</source>
        <translation>تعذرت إضافتهم إلى المجموعة</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::GroupEditor</name>
    <message>
        <source>No rule and no binding names it.</source>
        <translation>لا قاعدة ولا إسناد يذكره.</translation>
    </message>
    <message>
        <source>As source and as target</source>
        <translation>بوصفه مصدرًا ووجهة</translation>
    </message>
    <message>
        <source>As source</source>
        <translation>بوصفه مصدرًا</translation>
    </message>
    <message>
        <source>As target</source>
        <translation>بوصفه وجهة</translation>
    </message>
    <message numerus="yes">
        <source>Used by %n object(s)</source>
        <translation>
            <numerusform>لا يستعمله أي كائن</numerusform>
            <numerusform>يستعمله كائن واحد</numerusform>
            <numerusform>يستعمله كائنان</numerusform>
            <numerusform>تستعمله %n كائنات</numerusform>
            <numerusform>يستعمله %n كائنًا</numerusform>
            <numerusform>يستعمله %n كائن</numerusform>
        </translation>
    </message>
    <message>
        <source>The mesh stands on it: it keeps its name.</source>
        <translation>تقوم عليه الشبكة: فيبقى اسمه.</translation>
    </message>
    <message>
        <source>This service keeps no drafts: make a new group instead.</source>
        <translation>هذه الخدمة لا تحفظ مسودات: أنشئ مجموعة جديدة بدلًا من ذلك.</translation>
    </message>
    <message>
        <source>First save what you typed, or add it to the draft.</source>
        <translation>احفظ أولًا ما كتبته، أو أضفه إلى المسودة.</translation>
    </message>
    <message>
        <source>There is a group of that name already.</source>
        <translation>توجد مجموعة بهذا الاسم.</translation>
    </message>
    <message numerus="yes">
        <source>In the draft: %1 is called %2, and %n object(s) follow</source>
        <translation>
            <numerusform>في المسودة: صار اسم ⁨%1⁩ هو ⁨%2⁩، ولا يتبعه أي كائن</numerusform>
            <numerusform>في المسودة: صار اسم ⁨%1⁩ هو ⁨%2⁩، ويتبعه كائن واحد</numerusform>
            <numerusform>في المسودة: صار اسم ⁨%1⁩ هو ⁨%2⁩، ويتبعه كائنان</numerusform>
            <numerusform>في المسودة: صار اسم ⁨%1⁩ هو ⁨%2⁩، وتتبعه %n كائنات</numerusform>
            <numerusform>في المسودة: صار اسم ⁨%1⁩ هو ⁨%2⁩، ويتبعه %n كائنًا</numerusform>
            <numerusform>في المسودة: صار اسم ⁨%1⁩ هو ⁨%2⁩، ويتبعه %n كائن</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::HealthModel</name>
    <message>
        <source>No problem is known.</source>
        <translation>لا تُعرف مشكلة.</translation>
    </message>
    <message numerus="yes">
        <source>%n problem(s)</source>
        <translation>
            <numerusform>لا مشكلات</numerusform>
            <numerusform>مشكلة واحدة</numerusform>
            <numerusform>مشكلتان</numerusform>
            <numerusform>%n مشكلات</numerusform>
            <numerusform>%n مشكلةً</numerusform>
            <numerusform>%n مشكلة</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::HistoryModel</name>
    <message>
        <source>It was too large to be kept with its objects: it cannot be taken back.</source>
        <translation>كان أكبر من أن يُحفظ مع كائناته: لا يمكن التراجع عنه.</translation>
    </message>
    <message>
        <source>at a time that nobody knows</source>
        <translation>في وقت لا يعرفه أحد</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::HistoryViewModel</name>
    <message numerus="yes">
        <source>The %n edit(s) in your draft would be replaced.</source>
        <translation>
            <numerusform>لن يُستبدل أي تعديل في مسودتك.</numerusform>
            <numerusform>سيُستبدل التعديل الوحيد في مسودتك.</numerusform>
            <numerusform>سيُستبدل التعديلان في مسودتك.</numerusform>
            <numerusform>ستُستبدل التعديلات في مسودتك، وعددها %n.</numerusform>
            <numerusform>ستُستبدل تعديلات مسودتك، وهي %n تعديلًا.</numerusform>
            <numerusform>ستُستبدل تعديلات مسودتك، وهي %n تعديل.</numerusform>
        </translation>
    </message>
    <message>
        <source>The history is for administrators of the mesh, and this node lacks a role that gives it every right. An administrator can bind one to it. The mesh says: %1</source>
        <translation>سجل التغييرات لمسؤولي الشبكة، وتفتقر هذه العقدة إلى دور يمنحها كل الصلاحيات. يستطيع مسؤول أن يسند إليها واحدًا. تقول الشبكة: ⁨%1⁩</translation>
    </message>
    <message>
        <source>The history could not be read</source>
        <translation>تعذرت قراءة سجل التغييرات</translation>
    </message>
    <message>
        <source>It was not taken back</source>
        <translation>لم يتم التراجع عنه</translation>
    </message>
    <message>
        <source>%1 Nothing was changed.</source>
        <translation>⁨%1⁩ لم يتغير شيء.</translation>
    </message>
    <message>
        <source>This was left as it is: %1</source>
        <translation>تُرك هذا كما هو: ⁨%1⁩</translation>
    </message>
    <message>
        <source>Everything is so already</source>
        <translation>كل شيء كذلك أصلًا</translation>
    </message>
    <message>
        <source>Done: change #%1 of the history</source>
        <translation>تم: التغيير ⁦#%1⁩ في السجل</translation>
    </message>
    <message>
        <source>It could not be found out how the rules were then</source>
        <translation>تعذر معرفة ما كانت عليه القواعد حينها</translation>
    </message>
    <message>
        <source>The rules were not restored</source>
        <translation>لم تُستعد القواعد</translation>
    </message>
    <message>
        <source>The way back to change #%1 is in the draft</source>
        <translation>طريق الرجوع إلى التغيير ⁦#%1⁩ في المسودة</translation>
    </message>
    <message>
        <source>It is not in the draft</source>
        <translation>ليس في المسودة</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::InvitationsModel</name>
    <message>
        <source>Open</source>
        <translation>مفتوحة</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>مستعملة</translation>
    </message>
    <message>
        <source>Revoked</source>
        <translation>مُبطلة</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>منتهية</translation>
    </message>
    <message>
        <source>Invitation %1</source>
        <translation>الدعوة ⁨%1⁩</translation>
    </message>
    <message>
        <source>%1 joined %2</source>
        <translation>انضم ⁨%1⁩ ⁨%2⁩</translation>
    </message>
    <message>
        <source>%1 joined</source>
        <translation>انضم ⁨%1⁩</translation>
    </message>
    <message>
        <source>Nobody can use it any more</source>
        <translation>لم يعد أحد يستطيع استعمالها</translation>
    </message>
    <message>
        <source>For %1, ends %2</source>
        <translation>لـ ⁨%1⁩، تنتهي ⁨%2⁩</translation>
    </message>
    <message>
        <source>Ends %1</source>
        <translation>تنتهي ⁨%1⁩</translation>
    </message>
    <message>
        <source>Ended %1</source>
        <translation>انتهت ⁨%1⁩</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::InviteViewModel</name>
    <message>
        <source>The invitation could not be made</source>
        <translation>تعذر إنشاء الدعوة</translation>
    </message>
    <message>
        <source>Works once, ends %1</source>
        <translation>تصلح مرة واحدة، تنتهي ⁨%1⁩</translation>
    </message>
    <message>
        <source>Works once</source>
        <translation>تصلح مرة واحدة</translation>
    </message>
    <message>
        <source>For any new device</source>
        <translation>لأي جهاز جديد</translation>
    </message>
    <message>
        <source>For %1</source>
        <translation>لـ ⁨%1⁩</translation>
    </message>
    <message>
        <source>The invitations could not be read</source>
        <translation>تعذرت قراءة الدعوات</translation>
    </message>
    <message>
        <source>The invitation could not be revoked</source>
        <translation>تعذر إبطال الدعوة</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::LintModel</name>
    <message>
        <source>Error</source>
        <translation>خطأ</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>تحذير</translation>
    </message>
    <message>
        <source>Hint</source>
        <translation>تلميح</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::LogModel</name>
    <message>
        <source>Trace</source>
        <translation>تتبع</translation>
    </message>
    <message>
        <source>Debug</source>
        <translation>تصحيح</translation>
    </message>
    <message>
        <source>Info</source>
        <translation>معلومات</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>تحذير</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>خطأ</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>لا شيء</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::LogView</name>
    <message numerus="yes">
        <source>%n new line(s)</source>
        <translation>
            <numerusform>لا أسطر جديدة</numerusform>
            <numerusform>سطر جديد واحد</numerusform>
            <numerusform>سطران جديدان</numerusform>
            <numerusform>%n أسطر جديدة</numerusform>
            <numerusform>%n سطرًا جديدًا</numerusform>
            <numerusform>%n سطر جديد</numerusform>
        </translation>
    </message>
    <message>
        <source>The service writes no log at the moment.</source>
        <translation>لا تكتب الخدمة سجلًا في هذه اللحظة.</translation>
    </message>
    <message>
        <source>The service writes %1 and above.</source>
        <translation>تكتب الخدمة ⁨%1⁩ فما فوق.</translation>
    </message>
    <message>
        <source>Only who administers this computer&apos;s service can change that.</source>
        <translation>لا يغيّر ذلك إلا من يدير خدمة هذا الحاسوب.</translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) came too fast and are missing here</source>
        <translation>
            <numerusform>لا أسطر ناقصة هنا</numerusform>
            <numerusform>جاء سطر واحد بسرعة زائدة وهو ناقص هنا</numerusform>
            <numerusform>جاء سطران بسرعة زائدة وهما ناقصان هنا</numerusform>
            <numerusform>جاءت %n أسطر بسرعة زائدة وهي ناقصة هنا</numerusform>
            <numerusform>جاء %n سطرًا بسرعة زائدة وهي ناقصة هنا</numerusform>
            <numerusform>جاء %n سطر بسرعة زائدة وهي ناقصة هنا</numerusform>
        </translation>
    </message>
    <message>
        <source>The log is not for this account</source>
        <translation>سجل الأحداث ليس لهذا الحساب</translation>
    </message>
    <message>
        <source>The log could not be read</source>
        <translation>تعذرت قراءة سجل الأحداث</translation>
    </message>
    <message>
        <source>Mark %1</source>
        <translation>علامة ⁨%1⁩</translation>
    </message>
    <message>
        <source>The service writes %1 and above until it ends</source>
        <translation>تكتب الخدمة ⁨%1⁩ فما فوق حتى تنتهي</translation>
    </message>
    <message>
        <source>The level was not changed</source>
        <translation>لم يتغير المستوى</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::LoginStart</name>
    <message>
        <source>Not available on this system yet.</source>
        <translation>غير متاح على هذا النظام بعد.</translation>
    </message>
    <message>
        <source>The settings of the desktop have turned it off.</source>
        <translation>أوقفته إعدادات سطح المكتب.</translation>
    </message>
    <message>
        <source>The entry starts %1, which is not this program. Turn it off and on to mend it.</source>
        <translation>يشغّل المدخل ⁨%1⁩، وليس هذا البرنامج. أوقفه ثم فعّله لإصلاحه.</translation>
    </message>
    <message>
        <source>The entry cannot be read</source>
        <translation>تتعذر قراءة المدخل</translation>
    </message>
    <message>
        <source>The entry cannot be changed</source>
        <translation>يتعذر تغيير المدخل</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::LossPreview</name>
    <message>
        <source>If %1 were gone</source>
        <translation>لو غابت ⁨%1⁩</translation>
    </message>
    <message>
        <source>It could not be foreseen</source>
        <translation>تعذر توقع ذلك</translation>
    </message>
    <message>
        <source>Nobody is cut off: every other member still has a way.</source>
        <translation>لن يُقطع أحد: لكل عضو آخر طريق بعد.</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between names</comment>
        <translation>، </translation>
    </message>
    <message numerus="yes">
        <source>%n member(s) would be cut off</source>
        <translation>
            <numerusform>لن يُقطع أي عضو</numerusform>
            <numerusform>سيُقطع عضو واحد</numerusform>
            <numerusform>سيُقطع عضوان</numerusform>
            <numerusform>سيُقطع %n أعضاء</numerusform>
            <numerusform>سيُقطع %n عضوًا</numerusform>
            <numerusform>سيُقطع %n عضو</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <comment>names, and how many others</comment>
        <translation>
            <numerusform>⁨%1⁩ وحدها</numerusform>
            <numerusform>⁨%1⁩ وواحدة أخرى</numerusform>
            <numerusform>⁨%1⁩ واثنتان غيرها</numerusform>
            <numerusform>⁨%1⁩ و%n غيرها</numerusform>
            <numerusform>⁨%1⁩ و%n سواها</numerusform>
            <numerusform>⁨%1⁩ و%n أخرى</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: %2.</source>
        <comment>how many are cut off, and who</comment>
        <translation>‏⁨%1⁩: ⁨%2⁩.</translation>
    </message>
    <message numerus="yes">
        <source>%n pair(s) of members could no longer talk.</source>
        <translation>
            <numerusform>لن يفقد أي زوج من الأعضاء التخاطب.</numerusform>
            <numerusform>لن يستطيع زوج واحد من الأعضاء التخاطب بعد ذلك.</numerusform>
            <numerusform>لن يستطيع زوجان من الأعضاء التخاطب بعد ذلك.</numerusform>
            <numerusform>لن تستطيع %n أزواج من الأعضاء التخاطب بعد ذلك.</numerusform>
            <numerusform>لن يستطيع %n زوجًا من الأعضاء التخاطب بعد ذلك.</numerusform>
            <numerusform>لن يستطيع %n زوج من الأعضاء التخاطب بعد ذلك.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The mesh would fall into %n part(s).</source>
        <translation>
            <numerusform>لن تنقسم الشبكة إلى أجزاء.</numerusform>
            <numerusform>ستبقى الشبكة جزءًا واحدًا.</numerusform>
            <numerusform>ستنقسم الشبكة إلى جزأين.</numerusform>
            <numerusform>ستنقسم الشبكة إلى %n أجزاء.</numerusform>
            <numerusform>ستنقسم الشبكة إلى %n جزءًا.</numerusform>
            <numerusform>ستنقسم الشبكة إلى %n جزء.</numerusform>
        </translation>
    </message>
    <message>
        <source>The voters would have no majority: nothing could be changed.</source>
        <translation>لن تكون للمصوّتين أغلبية: فلا يمكن تغيير شيء.</translation>
    </message>
    <message>
        <source>The voters keep their majority.</source>
        <translation>تبقى للمصوّتين أغلبيتهم.</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::MeshNews</name>
    <message>
        <source>A change waits for you</source>
        <translation>تغيير ينتظرك</translation>
    </message>
    <message>
        <source>%1 offers a way to the Internet</source>
        <translation>يعرض ⁨%1⁩ طريقًا إلى الإنترنت</translation>
    </message>
    <message>
        <source>It is used only after you agree.</source>
        <translation>لا يُستعمل إلا بعد موافقتك.</translation>
    </message>
    <message>
        <source>%1 is well again</source>
        <translation>عادت ⁨%1⁩ سليمة</translation>
    </message>
    <message>
        <source>%1 is connected</source>
        <translation>⁨%1⁩ متصلة</translation>
    </message>
    <message>
        <source>This node is a member again.</source>
        <translation>هذه العقدة عضو من جديد.</translation>
    </message>
    <message>
        <source>%1 has a problem</source>
        <translation>في ⁨%1⁩ مشكلة</translation>
    </message>
    <message>
        <source>%1 could not connect</source>
        <translation>تعذر اتصال ⁨%1⁩</translation>
    </message>
    <message>
        <source>%1 is disconnected</source>
        <translation>قُطع الاتصال بـ ⁨%1⁩</translation>
    </message>
    <message>
        <source>%1 is lost and goes on trying</source>
        <translation>فُقدت ⁨%1⁩ وتستمر المحاولة</translation>
    </message>
    <message numerus="yes">
        <source>%n member(s) joined</source>
        <translation>
            <numerusform>لم ينضم أحد</numerusform>
            <numerusform>انضم عضو واحد</numerusform>
            <numerusform>انضم عضوان</numerusform>
            <numerusform>انضم %n أعضاء</numerusform>
            <numerusform>انضم %n عضوًا</numerusform>
            <numerusform>انضم %n عضو</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n member(s) left</source>
        <translation>
            <numerusform>لم يغادر أحد</numerusform>
            <numerusform>غادر عضو واحد</numerusform>
            <numerusform>غادر عضوان</numerusform>
            <numerusform>غادر %n أعضاء</numerusform>
            <numerusform>غادر %n عضوًا</numerusform>
            <numerusform>غادر %n عضو</numerusform>
        </translation>
    </message>
    <message>
        <source>An invitation was used</source>
        <translation>استُعملت دعوة</translation>
    </message>
    <message>
        <source>%1 is a member of %2 now.</source>
        <translation>⁨%1⁩ عضو في ⁨%2⁩ الآن.</translation>
    </message>
    <message numerus="yes">
        <source>%n test(s) of the rules fail</source>
        <translation>
            <numerusform>لا اختبارات قواعد تفشل</numerusform>
            <numerusform>يفشل اختبار قواعد واحد</numerusform>
            <numerusform>يفشل اختبارا قواعد</numerusform>
            <numerusform>تفشل %n اختبارات قواعد</numerusform>
            <numerusform>يفشل %n اختبار قواعد في المجموع</numerusform>
            <numerusform>يفشل %n اختبار قواعد</numerusform>
        </translation>
    </message>
    <message>
        <source>The certificate for %1 ends soon</source>
        <translation>تنتهي شهادة ⁨%1⁩ قريبًا</translation>
    </message>
    <message>
        <source>It has ended.</source>
        <translation>انتهت.</translation>
    </message>
    <message>
        <source>It ends %1.</source>
        <translation>تنتهي ⁨%1⁩.</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::NameLook</name>
    <message>
        <source>Server of this node</source>
        <translation>خادم هذه العقدة</translation>
    </message>
    <message>
        <source>This node answers for no names.</source>
        <translation>لا تجيب هذه العقدة عن أي أسماء.</translation>
    </message>
    <message>
        <source>Not in use</source>
        <translation>غير مستعمل</translation>
    </message>
    <message>
        <source>%1, for the mesh and this host</source>
        <translation>‏⁨%1⁩، للشبكة ولهذا المضيف</translation>
    </message>
    <message>
        <source>%1, for this host alone</source>
        <translation>‏⁨%1⁩، لهذا المضيف وحده</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>تحذير</translation>
    </message>
    <message>
        <source>Answered %1</source>
        <translation>أُجيب ⁨%1⁩</translation>
    </message>
    <message>
        <source>Programs of this host</source>
        <translation>برامج هذا المضيف</translation>
    </message>
    <message>
        <source>They do not look for names of the mesh. The profile can switch that on.</source>
        <translation>لا تبحث عن أسماء الشبكة. يمكن تفعيل ذلك في الإعدادات.</translation>
    </message>
    <message>
        <source>They find names of the mesh by /etc/resolv.conf.</source>
        <translation>تجد أسماء الشبكة عبر /etc/resolv.conf.</translation>
    </message>
    <message>
        <source>They find names of the mesh by systemd-resolved.</source>
        <translation>تجد أسماء الشبكة عبر systemd-resolved.</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>سليم</translation>
    </message>
    <message>
        <source>Queries</source>
        <translation>الاستعلامات</translation>
    </message>
    <message>
        <source>%1 in all, %2 dropped, %3 asked of others, %4 known from before, %5 in vain</source>
        <translation>⁨%1⁩ إجمالًا، أُسقط منها ⁨%2⁩، وسُئل غيرنا عن ⁨%3⁩، وعُرف من قبل ⁨%4⁩، وذهب سدى ⁨%5⁩</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>ملاحظة</translation>
    </message>
    <message>
        <source>Domain</source>
        <translation>النطاق</translation>
    </message>
    <message>
        <source>%1 · %2, %3 without a name</source>
        <translation>‏⁨%1⁩ · ⁨%2⁩، منها ⁨%3⁩ بلا اسم</translation>
    </message>
    <message>
        <source>%1, for %2 s</source>
        <translation>‏⁨%1⁩، مدة ⁨%2⁩ ث</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>العنوان</translation>
    </message>
    <message>
        <source>The state of the names could not be read</source>
        <translation>تعذرت قراءة حالة الأسماء</translation>
    </message>
    <message>
        <source>Write a name, or an address.</source>
        <translation>اكتب اسمًا أو عنوانًا.</translation>
    </message>
    <message>
        <source>A name has %1 characters at most.</source>
        <translation>لا يزيد الاسم على ⁨%1⁩ من المحارف.</translation>
    </message>
    <message>
        <source>The name could not be looked up</source>
        <translation>تعذر البحث عن الاسم</translation>
    </message>
    <message>
        <source>There is no %1.</source>
        <translation>لا يوجد ⁨%1⁩.</translation>
    </message>
    <message>
        <source>The server says %1 to %2.</source>
        <translation>يقول الخادم ⁨%1⁩ عن ⁨%2⁩.</translation>
    </message>
    <message>
        <source>%1 has no records of type %2.</source>
        <translation>ليس لـ ⁨%1⁩ سجلات من النوع ⁨%2⁩.</translation>
    </message>
    <message numerus="yes">
        <source>%1 has %n record(s) of type %2.</source>
        <translation>
            <numerusform>ليس لـ ⁨%1⁩ سجلات من النوع ⁨%2⁩.</numerusform>
            <numerusform>لـ ⁨%1⁩ سجل واحد من النوع ⁨%2⁩.</numerusform>
            <numerusform>لـ ⁨%1⁩ سجلان من النوع ⁨%2⁩.</numerusform>
            <numerusform>لـ ⁨%1⁩ %n سجلات من النوع ⁨%2⁩.</numerusform>
            <numerusform>لـ ⁨%1⁩ %n سجلًا من النوع ⁨%2⁩.</numerusform>
            <numerusform>لـ ⁨%1⁩ %n سجل من النوع ⁨%2⁩.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 answered after %2 ms</source>
        <translation>أجاب ⁨%1⁩ بعد ⁨%2⁩ م.ث</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::NetworkLook</name>
    <message>
        <source>UDP</source>
        <translation>UDP</translation>
    </message>
    <message>
        <source>Endpoints</source>
        <translation>نقاط النهاية</translation>
    </message>
    <message>
        <source>IPv4</source>
        <translation>IPv4</translation>
    </message>
    <message>
        <source>IPv6</source>
        <translation>IPv6</translation>
    </message>
    <message>
        <source>Leader</source>
        <translation>القائد</translation>
    </message>
    <message>
        <source>Packet size</source>
        <translation>حجم الحزمة</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>الأسماء</translation>
    </message>
    <message>
        <source>Firewall</source>
        <translation>جدار الحماية</translation>
    </message>
    <message>
        <source>Forwarding</source>
        <translation>إعادة التوجيه</translation>
    </message>
    <message>
        <source>Colliding networks</source>
        <translation>شبكات فرعية متضاربة</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>سليم</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>تحذير</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>أخفق</translation>
    </message>
    <message>
        <source>Not in use</source>
        <translation>غير مستعمل</translation>
    </message>
    <message>
        <source>Not known yet</source>
        <translation>غير معروف بعد</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>‏⁨%1⁩ ⁨%2⁩</translation>
    </message>
    <message>
        <source>Checked %1</source>
        <translation>فُحص ⁨%1⁩</translation>
    </message>
    <message>
        <source>The network could not be checked</source>
        <translation>تعذر فحص الاتصال</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::NotificationCentre</name>
    <message>
        <source>Good</source>
        <translation>سليم</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>تحذير</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>خطأ</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>ملاحظة</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::PaletteModel</name>
    <message>
        <source>Address</source>
        <translation>العنوان</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>الاسم</translation>
    </message>
    <message>
        <source>Show the mesh %1</source>
        <translation>إظهار الشبكة ⁨%1⁩</translation>
    </message>
    <message>
        <source>Disconnect %1</source>
        <translation>قطع الاتصال بـ ⁨%1⁩</translation>
    </message>
    <message>
        <source>Connect %1</source>
        <translation>الاتصال بـ ⁨%1⁩</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>فتح ⁨%1⁩</translation>
    </message>
    <message>
        <source>Copy the IP address of %1</source>
        <translation>نسخ عنوان IP الخاص بـ ⁨%1⁩</translation>
    </message>
    <message>
        <source>Copy the name of %1</source>
        <translation>نسخ اسم ⁨%1⁩</translation>
    </message>
    <message>
        <source>Path to %1</source>
        <translation>الطريق إلى ⁨%1⁩</translation>
    </message>
    <message>
        <source>open copy ip address name path way who may reach access</source>
        <translation>فتح نسخ عنوان IP اسم طريق مسار من يحق له الوصول وصول</translation>
    </message>
    <message>
        <source>Who may reach %1?</source>
        <translation>من يحق له الوصول إلى ⁨%1⁩؟</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::PathViewModel</name>
    <message>
        <source>The way could not be read</source>
        <translation>تعذرت قراءة الطريق</translation>
    </message>
    <message>
        <source>Packets go there directly.</source>
        <translation>تذهب الحزم إلى هناك مباشرة.</translation>
    </message>
    <message numerus="yes">
        <source>Packets go there over %n other member(s).</source>
        <translation>
            <numerusform>تذهب الحزم إلى هناك دون أعضاء آخرين.</numerusform>
            <numerusform>تذهب الحزم إلى هناك عبر عضو آخر واحد.</numerusform>
            <numerusform>تذهب الحزم إلى هناك عبر عضوين آخرين.</numerusform>
            <numerusform>تذهب الحزم إلى هناك عبر %n أعضاء آخرين.</numerusform>
            <numerusform>تذهب الحزم إلى هناك عبر %n عضوًا آخر.</numerusform>
            <numerusform>تذهب الحزم إلى هناك عبر %n عضو آخر.</numerusform>
        </translation>
    </message>
    <message>
        <source>The ping did not work</source>
        <translation>لم ينجح اختبار الوصول</translation>
    </message>
    <message>
        <source>%1 of %2 answered</source>
        <translation>أُجيب عن ⁨%1⁩ من ⁨%2⁩</translation>
    </message>
    <message>
        <source>%1. %2</source>
        <translation>‏⁨%1⁩. ⁨%2⁩</translation>
    </message>
    <message>
        <source>%1, %2 to %3, %4 on average</source>
        <translation>‏⁨%1⁩، من ⁨%2⁩ إلى ⁨%3⁩، بمتوسط ⁨%4⁩</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::PeerAccess</name>
    <message>
        <source>The rules could not be asked</source>
        <translation>تعذر سؤال القواعد</translation>
    </message>
    <message>
        <source>Being asked</source>
        <translation>يجري السؤال</translation>
    </message>
    <message>
        <source>To it: %1</source>
        <translation>إليه: ⁨%1⁩</translation>
    </message>
    <message>
        <source>From it: %1</source>
        <translation>منه: ⁨%1⁩</translation>
    </message>
    <message>
        <source>Both ways</source>
        <translation>في الاتجاهين</translation>
    </message>
    <message>
        <source>One-sided</source>
        <translation>من جانب واحد</translation>
    </message>
    <message>
        <source>Not at all</source>
        <translation>لا وصول</translation>
    </message>
    <message>
        <source>%1 both ways, %2 one-sided, %3 not at all</source>
        <translation>⁨%1⁩ في الاتجاهين، ⁨%2⁩ من جانب واحد، ⁨%3⁩ لا وصول</translation>
    </message>
    <message numerus="yes">
        <source>%n more: search for the ones that are meant.</source>
        <translation>
            <numerusform>لا مزيد.</numerusform>
            <numerusform>عضو آخر: ابحث عن المقصود.</numerusform>
            <numerusform>عضوان آخران: ابحث عن المقصودين.</numerusform>
            <numerusform>%n آخرون: ابحث عن المقصودين.</numerusform>
            <numerusform>%n عضوًا آخر: ابحث عن المقصودين.</numerusform>
            <numerusform>%n عضو آخر: ابحث عن المقصودين.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::PeerActions</name>
    <message>
        <source>The file could not be written</source>
        <translation>تعذرت كتابة الملف</translation>
    </message>
    <message>
        <source>Written: %1</source>
        <translation>كُتب: ⁨%1⁩</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::PeerColumns</name>
    <message>
        <source>No room</source>
        <translation>لا متسع</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>الاسم</translation>
    </message>
    <message>
        <source>State</source>
        <translation>الحالة</translation>
    </message>
    <message>
        <source>IPv4</source>
        <translation>IPv4</translation>
    </message>
    <message>
        <source>IPv6</source>
        <translation>IPv6</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>الطريق</translation>
    </message>
    <message>
        <source>Handshake</source>
        <translation>المصافحة</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>المستلَم</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>المرسَل</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>الخدمات</translation>
    </message>
    <message>
        <source>Zone</source>
        <translation>المنطقة</translation>
    </message>
    <message>
        <source>Joined</source>
        <translation>انضم</translation>
    </message>
    <message>
        <source>Endpoint</source>
        <translation>نقطة النهاية</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>المفتاح</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::PeerDetails</name>
    <message>
        <source>No longer a member</source>
        <translation>لم يعد عضوًا</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>‏⁨%1⁩ (⁨%2⁩)</translation>
    </message>
    <message numerus="yes">
        <source>%n link(s) to other members</source>
        <translation>
            <numerusform>لا وصلات بأعضاء آخرين</numerusform>
            <numerusform>وصلة واحدة بعضو آخر</numerusform>
            <numerusform>وصلتان بعضوين آخرين</numerusform>
            <numerusform>%n وصلات بأعضاء آخرين</numerusform>
            <numerusform>%n وصلةً بأعضاء آخرين</numerusform>
            <numerusform>%n وصلة بأعضاء آخرين</numerusform>
        </translation>
    </message>
    <message>
        <source>The name may now be used with another key.</source>
        <translation>يجوز الآن استعمال الاسم بمفتاح آخر.</translation>
    </message>
    <message>
        <source>The name could not be released</source>
        <translation>تعذر تحرير الاسم</translation>
    </message>
    <message>
        <source>None yet</source>
        <translation>لا شيء بعد</translation>
    </message>
    <message>
        <source>Direct, over UDP</source>
        <translation>مباشر، عبر UDP</translation>
    </message>
    <message numerus="yes">
        <source>%n handshake(s)</source>
        <translation>
            <numerusform>لا مصافحات</numerusform>
            <numerusform>مصافحة واحدة</numerusform>
            <numerusform>مصافحتان</numerusform>
            <numerusform>%n مصافحات</numerusform>
            <numerusform>%n مصافحةً</numerusform>
            <numerusform>%n مصافحة</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation>‏⁨%1⁩ × ⁨%2⁩</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::PeerFacets</name>
    <message>
        <source>Reachable</source>
        <translation>يمكن الوصول إليه</translation>
    </message>
    <message>
        <source>Stale</source>
        <translation>قديم</translation>
    </message>
    <message>
        <source>Gone</source>
        <translation>غادر</translation>
    </message>
    <message>
        <source>No contact yet</source>
        <translation>لا اتصال به بعد</translation>
    </message>
    <message>
        <source>Direct</source>
        <translation>مباشر</translation>
    </message>
    <message>
        <source>Relayed</source>
        <translation>مُرحَّل</translation>
    </message>
    <message>
        <source>Linked</source>
        <translation>الوصل</translation>
    </message>
    <message>
        <source>Exit</source>
        <translation>مخرج</translation>
    </message>
    <message>
        <source>Router</source>
        <translation>موجّه</translation>
    </message>
    <message>
        <source>This zone</source>
        <translation>هذه المنطقة</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::PeerList</name>
    <message>
        <source>%1 (%2)</source>
        <translation>‏⁨%1⁩ (⁨%2⁩)</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>⁨%1⁩ من ⁨%2⁩</translation>
    </message>
    <message>
        <source>None selected</source>
        <translation>لا شيء محدد</translation>
    </message>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>لم يُحدَّد أحد</numerusform>
            <numerusform>حُدِّد واحد</numerusform>
            <numerusform>حُدِّد اثنان</numerusform>
            <numerusform>حُدِّد %n أعضاء</numerusform>
            <numerusform>حُدِّد %n عضوًا</numerusform>
            <numerusform>حُدِّد %n عضو</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::PingView</name>
    <message>
        <source>Connect first: requests go through the mesh.</source>
        <translation>اتصل أولًا: تمر الطلبات عبر الشبكة.</translation>
    </message>
    <message>
        <source>You can look, not send anything.</source>
        <translation>يحق لك الاطلاع لا إرسال أي شيء.</translation>
    </message>
    <message>
        <source>Write whom to ask: a member, or an address.</source>
        <translation>اكتب من يُسأل: عضوًا أو عنوانًا.</translation>
    </message>
    <message>
        <source>The ping did not work</source>
        <translation>لم ينجح اختبار الوصول</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>‏⁨%1⁩ (⁨%2⁩)</translation>
    </message>
    <message>
        <source>Round trip</source>
        <translation>زمن الذهاب والإياب</translation>
    </message>
    <message>
        <source>%1 sent, %2 lost (%3 %)</source>
        <translation>أُرسل ⁨%1⁩، وضاع ⁨%2⁩ (⁨%3⁩%)</translation>
    </message>
    <message>
        <source>%1 to %2, %3 on average, deviation %4</source>
        <translation>من ⁨%1⁩ إلى ⁨%2⁩، بمتوسط ⁨%3⁩ وانحراف ⁨%4⁩</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::PolicyEditor</name>
    <message>
        <source>New role</source>
        <translation>دور جديد</translation>
    </message>
    <message>
        <source>New binding</source>
        <translation>إسناد جديد</translation>
    </message>
    <message>
        <source>New group</source>
        <translation>مجموعة جديدة</translation>
    </message>
    <message>
        <source>New rule</source>
        <translation>قاعدة جديدة</translation>
    </message>
    <message>
        <source>New route</source>
        <translation>مسار جديد</translation>
    </message>
    <message>
        <source>New edge</source>
        <translation>ضلع جديد</translation>
    </message>
    <message>
        <source>The mesh stands on it: it cannot be changed or deleted.</source>
        <translation>تقوم عليه الشبكة: لا يمكن تغييره ولا حذفه.</translation>
    </message>
    <message>
        <source>There is one of that name already. Choose another name, or write yours over it.</source>
        <translation>يوجد واحد بهذا الاسم. اختر اسمًا آخر، أو اكتب ما لديك فوقه.</translation>
    </message>
    <message>
        <source>Somebody deleted it meanwhile. Save it to make it again.</source>
        <translation>حذفه أحد في تلك الأثناء. احفظه لإنشائه من جديد.</translation>
    </message>
    <message>
        <source>Somebody changed it meanwhile. What you typed is kept; choose which one holds.</source>
        <translation>غيّره أحد في تلك الأثناء. ما كتبته محفوظ؛ اختر أيهما يسري.</translation>
    </message>
    <message>
        <source>%1 is saved</source>
        <translation>حُفظ ⁨%1⁩</translation>
    </message>
    <message>
        <source>It is not saved; what you typed is kept</source>
        <translation>لم يُحفظ؛ وما كتبته باقٍ</translation>
    </message>
    <message>
        <source>%1 is deleted</source>
        <translation>حُذف ⁨%1⁩</translation>
    </message>
    <message>
        <source>Somebody changed it meanwhile. Look at it again before you delete it.</source>
        <translation>غيّره أحد في تلك الأثناء. انظر إليه مجددًا قبل أن تحذفه.</translation>
    </message>
    <message>
        <source>It is not deleted</source>
        <translation>لم يُحذف</translation>
    </message>
    <message>
        <source>Your draft removes it. It is there until the draft is applied.</source>
        <translation>تزيله مسودتك. وهو موجود حتى تُطبَّق المسودة.</translation>
    </message>
    <message>
        <source>This is how your draft wants it. It is not so in the mesh yet.</source>
        <translation>هكذا تريده مسودتك. وهو ليس كذلك في الشبكة بعد.</translation>
    </message>
    <message>
        <source>Your draft makes it. It is not in the mesh yet.</source>
        <translation>تنشئه مسودتك. وهو ليس في الشبكة بعد.</translation>
    </message>
    <message>
        <source>%1 is in the draft</source>
        <translation>⁨%1⁩ في المسودة</translation>
    </message>
    <message>
        <source>%1 is removed by the draft</source>
        <translation>تزيل المسودة ⁨%1⁩</translation>
    </message>
    <message>
        <source>The draft was changed in another window meanwhile. What you typed is kept: add it once more.</source>
        <translation>تغيرت المسودة في نافذة أخرى في تلك الأثناء. ما كتبته محفوظ: أضفه مرة أخرى.</translation>
    </message>
    <message>
        <source>It is not in the draft; what you typed is kept</source>
        <translation>ليس في المسودة؛ وما كتبته باقٍ</translation>
    </message>
    <message>
        <source>%1 is out of the draft</source>
        <translation>⁨%1⁩ خارج المسودة</translation>
    </message>
    <message>
        <source>It is still in the draft</source>
        <translation>ما زال في المسودة</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::PolicyModel</name>
    <message>
        <source>first</source>
        <comment>of all rules</comment>
        <translation>الأولى</translation>
    </message>
    <message>
        <source>last</source>
        <comment>of all rules</comment>
        <translation>الأخيرة</translation>
    </message>
    <message>
        <source>Nobody is in it</source>
        <translation>لا أحد فيها</translation>
    </message>
    <message>
        <source>It gives no right</source>
        <translation>لا يمنح أي صلاحية</translation>
    </message>
    <message>
        <source>%1 for %2</source>
        <comment>a role for somebody</comment>
        <translation>⁨%1⁩ لـ ⁨%2⁩</translation>
    </message>
    <message>
        <source>%1 behind %2</source>
        <comment>networks behind a member</comment>
        <translation>⁨%1⁩ خلف ⁨%2⁩</translation>
    </message>
    <message>
        <source>%1 – %2</source>
        <comment>the two ends of an edge</comment>
        <translation>‏⁨%1⁩ – ⁨%2⁩</translation>
    </message>
    <message>
        <source>Weight %1</source>
        <translation>الوزن ⁨%1⁩</translation>
    </message>
    <message>
        <source>Removed by the draft</source>
        <translation>تزيله المسودة</translation>
    </message>
    <message>
        <source>Changed in the draft</source>
        <translation>تغيره المسودة</translation>
    </message>
    <message>
        <source>New in the draft</source>
        <translation>جديد في المسودة</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::PolicyTestsViewModel</name>
    <message>
        <source>The tests could not be read</source>
        <translation>تعذرت قراءة الاختبارات</translation>
    </message>
    <message>
        <source>The tests could not be run</source>
        <translation>تعذر إجراء الاختبارات</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>ما عُثر عليه</translation>
    </message>
    <message>
        <source>Fails</source>
        <translation>فاشل</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>من ⁨%1⁩ إلى ⁨%2⁩</translation>
    </message>
    <message>
        <source>The rules could not be asked</source>
        <translation>تعذر سؤال القواعد</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::ProfilesModel</name>
    <message>
        <source>Started on this computer</source>
        <translation>بدأت على هذا الحاسوب</translation>
    </message>
    <message>
        <source>Joined</source>
        <translation>انضم</translation>
    </message>
    <message>
        <source>Connecting failed</source>
        <translation>أخفق الاتصال</translation>
    </message>
    <message>
        <source>Disconnecting failed</source>
        <translation>أخفق قطع الاتصال</translation>
    </message>
    <message>
        <source>The mesh could not be changed</source>
        <translation>تعذر تغيير الشبكة</translation>
    </message>
    <message>
        <source>The mesh could not be removed</source>
        <translation>تعذرت إزالة الشبكة</translation>
    </message>
    <message>
        <source>The mesh was removed.</source>
        <translation>أُزيلت الشبكة.</translation>
    </message>
    <message>
        <source>The password was removed from the keychain.</source>
        <translation>أُزيلت كلمة المرور من سلسلة المفاتيح.</translation>
    </message>
    <message>
        <source>The password is in the keychain.</source>
        <translation>كلمة المرور في سلسلة المفاتيح.</translation>
    </message>
    <message>
        <source>The keychain did not take the password</source>
        <translation>لم تقبل سلسلة المفاتيح كلمة المرور</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::RightsViewModel</name>
    <message>
        <source>No</source>
        <translation>لا</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>نعم</translation>
    </message>
    <message>
        <source>Some</source>
        <translation>بعضها</translation>
    </message>
    <message>
        <source>Role %1 by the binding %2</source>
        <translation>الدور ⁨%1⁩ عبر الإسناد ⁨%2⁩</translation>
    </message>
    <message>
        <source>%1, through group %2</source>
        <comment>a role and a binding</comment>
        <translation>‏⁨%1⁩، عبر المجموعة ⁨%2⁩</translation>
    </message>
    <message>
        <source>%1, only for %2</source>
        <comment>a role and names</comment>
        <translation>‏⁨%1⁩، لـ ⁨%2⁩ فقط</translation>
    </message>
    <message>
        <source>Roles are switched off</source>
        <translation>الأدوار معطّلة</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a verb and yes or no</comment>
        <translation>‏⁨%1⁩: ⁨%2⁩</translation>
    </message>
    <message>
        <source>The mesh could not be asked</source>
        <translation>تعذر سؤال الشبكة</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::RoleEditor</name>
    <message>
        <source>A role gives at least one right.</source>
        <translation>يمنح الدور صلاحية واحدة على الأقل.</translation>
    </message>
    <message>
        <source>Right %1 says not yet what may be done, or with what.</source>
        <translation>لا تقول الصلاحية ⁨%1⁩ بعد ما يجوز فعله، أو بماذا.</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::RouteEditor</name>
    <message>
        <source>Say which member leads there.</source>
        <translation>حدد العضو الذي يؤدي إلى هناك.</translation>
    </message>
    <message>
        <source>Write the network itself, such as 10.1.0.0/24.</source>
        <translation>اكتب الشبكة الفرعية نفسها، مثل 10.1.0.0/24.</translation>
    </message>
    <message>
        <source>Name at least one network.</source>
        <translation>اذكر شبكة فرعية واحدة على الأقل.</translation>
    </message>
    <message>
        <source>All traffic to the Internet could go this way. Members take it only when they agree.</source>
        <translation>قد تسلك كل حركة البيانات إلى الإنترنت هذا الطريق. ولا يأخذه الأعضاء إلا إذا وافقوا.</translation>
    </message>
    <message>
        <source>%1 overlaps %2 of the route %3.</source>
        <translation>تتداخل ⁨%1⁩ مع ⁨%2⁩ من المسار ⁨%3⁩.</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::RoutesModel</name>
    <message>
        <source>In use</source>
        <translation>مستعمل</translation>
    </message>
    <message>
        <source>Waits for you</source>
        <translation>ينتظر قرارك</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>المرفوضة</translation>
    </message>
    <message>
        <source>Other key</source>
        <translation>مفتاح آخر</translation>
    </message>
    <message>
        <source>Overlaps</source>
        <translation>متداخل</translation>
    </message>
    <message>
        <source>Not used</source>
        <translation>غير مستعمل</translation>
    </message>
    <message>
        <source>Offered</source>
        <translation>المعروضة</translation>
    </message>
    <message>
        <source>Not offered</source>
        <translation>غير معروض</translation>
    </message>
    <message>
        <source>The members reach it through this node.</source>
        <translation>يصل الأعضاء إليها عبر هذه العقدة.</translation>
    </message>
    <message>
        <source>A network of the mesh itself.</source>
        <translation>شبكة فرعية من الشبكة نفسها.</translation>
    </message>
    <message>
        <source>Through %1.</source>
        <translation>عبر ⁨%1⁩.</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>‏⁨%1⁩ ⁨%2⁩</translation>
    </message>
    <message>
        <source>Reach the Internet through %1?</source>
        <translation>هل يكون الوصول إلى الإنترنت عبر ⁨%1⁩؟</translation>
    </message>
    <message>
        <source>Reach %1 through the mesh?</source>
        <translation>هل يكون الوصول إلى ⁨%1⁩ عبر الشبكة؟</translation>
    </message>
    <message>
        <source>Reach %1 through %2?</source>
        <translation>هل يكون الوصول إلى ⁨%1⁩ عبر ⁨%2⁩؟</translation>
    </message>
    <message>
        <source>You agreed while the member had another key. Make sure that it is still the same machine.</source>
        <translation>وافقت حين كان للعضو مفتاح آخر. تأكد من أنه ما زال الجهاز نفسه.</translation>
    </message>
    <message>
        <source>This computer reaches this network, or a part of it, in another way now, which may be lost to it. %1</source>
        <translation>يصل هذا الحاسوب إلى هذه الشبكة الفرعية، أو إلى جزء منها، بطريق آخر الآن، وقد يضيع عليه. ⁨%1⁩</translation>
    </message>
    <message>
        <source>What this computer sends to the Internet goes to %1 first. Who runs it can see where you go, and what is not encrypted.</source>
        <translation>ما يرسله هذا الحاسوب إلى الإنترنت يذهب إلى ⁨%1⁩ أولًا. ويستطيع من يديره أن يرى إلى أين تذهب، وما ليس مشفرًا.</translation>
    </message>
    <message>
        <source>Networks beside this computer are reached as before. Whoever calls it from the Internet may get no answer meanwhile.</source>
        <translation>يبقى الوصول إلى الشبكات الفرعية المجاورة لهذا الحاسوب كما كان. وقد لا يتلقى من يناديه من الإنترنت جوابًا في تلك الأثناء.</translation>
    </message>
    <message>
        <source>Names are asked where they are asked now: of a server beside this computer as before, of one in the Internet through %1.</source>
        <translation>تُطلب الأسماء من حيث تُطلب الآن: من خادم مجاور لهذا الحاسوب كما كان، ومن خادم في الإنترنت عبر ⁨%1⁩.</translation>
    </message>
    <message>
        <source>The Internet (%1)</source>
        <translation>الإنترنت (⁨%1⁩)</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::RoutesViewModel</name>
    <message>
        <source>%1 is accepted</source>
        <translation>قُبل ⁨%1⁩</translation>
    </message>
    <message>
        <source>%1 is refused</source>
        <translation>رُفض ⁨%1⁩</translation>
    </message>
    <message>
        <source>Your answer to %1 is forgotten</source>
        <translation>نُسي جوابك عن ⁨%1⁩</translation>
    </message>
    <message>
        <source>The routes could not be read</source>
        <translation>تعذرت قراءة المسارات</translation>
    </message>
    <message>
        <source>Your answer was not kept</source>
        <translation>لم يُحفظ جوابك</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::RuleEditor</name>
    <message>
        <source>A whole number between %1 and %2.</source>
        <translation>عدد صحيح بين ⁨%1⁩ و⁨%2⁩.</translation>
    </message>
    <message>
        <source>Say from whom, or choose everybody.</source>
        <translation>حدد ممن، أو اختر الجميع.</translation>
    </message>
    <message>
        <source>Say to whom, or choose everybody.</source>
        <translation>حدد إلى من، أو اختر الجميع.</translation>
    </message>
    <message>
        <source>After %1, before %2</source>
        <translation>بعد ⁨%1⁩ وقبل ⁨%2⁩</translation>
    </message>
    <message>
        <source>After %1, the last</source>
        <translation>بعد ⁨%1⁩، الأخيرة</translation>
    </message>
    <message>
        <source>Before %1, the first</source>
        <translation>قبل ⁨%1⁩، الأولى</translation>
    </message>
    <message>
        <source>The only rule</source>
        <translation>القاعدة الوحيدة</translation>
    </message>
    <message>
        <source>The rule %1 for the way back is not saved</source>
        <translation>لم تُحفظ القاعدة ⁨%1⁩ لطريق العودة</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::RuleOrder</name>
    <message>
        <source>This service keeps no drafts: change the priority of a rule instead.</source>
        <translation>هذه الخدمة لا تحفظ مسودات: غيّر أولوية قاعدة بدلًا من ذلك.</translation>
    </message>
    <message>
        <source>The draft removes that rule: there is no place beside it.</source>
        <translation>تزيل المسودة تلك القاعدة: لا مكان بجانبها.</translation>
    </message>
    <message>
        <source>No rule can be put there: rules of the mesh itself stay first and last.</source>
        <translation>لا يمكن وضع قاعدة هناك: تبقى قواعد الشبكة نفسها الأولى والأخيرة.</translation>
    </message>
    <message>
        <source>In the draft: %1 before %2</source>
        <comment>two rules</comment>
        <translation>في المسودة: ⁨%1⁩ قبل ⁨%2⁩</translation>
    </message>
    <message>
        <source>In the draft: %1 after %2</source>
        <comment>two rules</comment>
        <translation>في المسودة: ⁨%1⁩ بعد ⁨%2⁩</translation>
    </message>
    <message>
        <source>The order stays as it was</source>
        <translation>يبقى الترتيب كما كان</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::SettingsViewModel</name>
    <message>
        <source>Not known while the service does not answer</source>
        <translation>غير معروف ما دامت الخدمة لا تجيب</translation>
    </message>
    <message>
        <source>Administer: look, connect, and change everything</source>
        <translation>إدارة: الاطلاع والاتصال وتغيير كل شيء</translation>
    </message>
    <message>
        <source>Operate: look, connect, and change meshes</source>
        <translation>تشغيل: الاطلاع والاتصال وتغيير الشبكات</translation>
    </message>
    <message>
        <source>Observe: look, and change nothing</source>
        <translation>مراقبة: الاطلاع دون تغيير شيء</translation>
    </message>
    <message>
        <source>Nothing: the service lets this account do nothing</source>
        <translation>لا شيء: لا تتيح الخدمة لهذا الحساب فعل أي شيء</translation>
    </message>
    <message>
        <source>A sandbox belongs to who started it.</source>
        <translation>بيئة التجربة لمن بدأها.</translation>
    </message>
    <message>
        <source>The built-in core belongs to the account that runs this window.</source>
        <translation>النواة المدمجة للحساب الذي يشغّل هذه النافذة.</translation>
    </message>
    <message>
        <source>The service runs for this account, or grants it everything.</source>
        <translation>تعمل الخدمة لهذا الحساب، أو تمنحه كل شيء.</translation>
    </message>
    <message>
        <source>The service decides by the groups of the account, at the time it connects.</source>
        <translation>تقرر الخدمة بحسب مجموعات الحساب وقت اتصاله.</translation>
    </message>
    <message>
        <source>Members of the group weft may use the service of this computer. After joining it, log out and in again.</source>
        <translation>يحق لأعضاء المجموعة weft استخدام خدمة هذا الحاسوب. بعد الانضمام إليها سجّل الخروج ثم الدخول.</translation>
    </message>
    <message>
        <source>There is no keychain here: passwords are asked for each time.</source>
        <translation>لا سلسلة مفاتيح هنا: تُطلب كلمات المرور في كل مرة.</translation>
    </message>
    <message>
        <source>Passwords of meshes are kept in the keychain of the desktop (Secret Service or KWallet) and nowhere else.</source>
        <translation>تُحفظ كلمات مرور الشبكات في سلسلة مفاتيح سطح المكتب (Secret Service أو KWallet) لا غير.</translation>
    </message>
    <message>
        <source>The keychain answers and can keep passwords.</source>
        <translation>سلسلة المفاتيح تجيب وتستطيع حفظ كلمات المرور.</translation>
    </message>
    <message>
        <source>No password can be kept now</source>
        <translation>لا يمكن حفظ كلمة مرور الآن</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::SimulatorViewModel</name>
    <message>
        <source>There is no member of that name</source>
        <translation>لا عضو بهذا الاسم</translation>
    </message>
    <message>
        <source>A member always reaches itself. Choose two different ones.</source>
        <translation>يصل العضو إلى نفسه دائمًا. اختر عضوين مختلفين.</translation>
    </message>
    <message>
        <source>The rules could not be asked</source>
        <translation>تعذر سؤال القواعد</translation>
    </message>
    <message>
        <source>They may talk</source>
        <translation>يحق لهما التخاطب</translation>
    </message>
    <message>
        <source>One-sided: no tunnel</source>
        <translation>من جانب واحد: لا نفق</translation>
    </message>
    <message>
        <source>They may not talk</source>
        <translation>لا يحق لهما التخاطب</translation>
    </message>
    <message>
        <source>%1 to %2: %3</source>
        <translation>من ⁨%1⁩ إلى ⁨%2⁩: ⁨%3⁩</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::SubjectsEditor</name>
    <message>
        <source>Name at least one.</source>
        <translation>اذكر واحدًا على الأقل.</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::TestEditor</name>
    <message>
        <source>New test</source>
        <translation>اختبار جديد</translation>
    </message>
    <message>
        <source>There is a test of that name already.</source>
        <translation>يوجد اختبار بهذا الاسم.</translation>
    </message>
    <message>
        <source>Say who: a member, a group, or everybody.</source>
        <translation>حدد من: عضوًا أو مجموعة أو الجميع.</translation>
    </message>
    <message>
        <source>Say whom: a member, a group, everybody, or a network below.</source>
        <translation>حدد إلى من: عضوًا أو مجموعة أو الجميع أو شبكة فرعية في الأسفل.</translation>
    </message>
    <message>
        <source>It is not of the addresses chosen above.</source>
        <translation>ليس من العناوين المختارة أعلاه.</translation>
    </message>
    <message>
        <source>A mesh keeps at most %1 tests. Delete one first.</source>
        <translation>لا تحفظ الشبكة أكثر من ⁨%1⁩ من الاختبارات. احذف واحدًا أولًا.</translation>
    </message>
    <message>
        <source>Somebody made a test of that name meanwhile. Choose another name, or write yours over it.</source>
        <translation>أنشأ أحد اختبارًا بهذا الاسم في تلك الأثناء. اختر اسمًا آخر، أو اكتب ما لديك فوقه.</translation>
    </message>
    <message>
        <source>Somebody deleted it meanwhile. Write yours to keep it again.</source>
        <translation>حذفه أحد في تلك الأثناء. اكتب ما لديك لحفظه من جديد.</translation>
    </message>
    <message>
        <source>Somebody changed it meanwhile. What you typed is kept; choose which one holds.</source>
        <translation>غيّره أحد في تلك الأثناء. ما كتبته محفوظ؛ اختر أيهما يسري.</translation>
    </message>
    <message>
        <source>It is not saved; what you typed is kept</source>
        <translation>لم يُحفظ؛ وما كتبته باقٍ</translation>
    </message>
    <message>
        <source>It is not deleted</source>
        <translation>لم يُحذف</translation>
    </message>
    <message>
        <source>%1 is saved</source>
        <translation>حُفظ ⁨%1⁩</translation>
    </message>
    <message>
        <source>%1 is deleted</source>
        <translation>حُذف ⁨%1⁩</translation>
    </message>
    <message>
        <source>Others change the tests just now. What you typed is kept: save it once more.</source>
        <translation>يغيّر آخرون الاختبارات الآن. ما كتبته محفوظ: احفظه مرة أخرى.</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::TestsModel</name>
    <message>
        <source>Not run</source>
        <translation>لم يُجرَ</translation>
    </message>
    <message>
        <source>Passes</source>
        <translation>ناجح</translation>
    </message>
    <message>
        <source>Fails</source>
        <translation>فاشل</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::TraceRun</name>
    <message>
        <source>The way could not be read</source>
        <translation>تعذرت قراءة الطريق</translation>
    </message>
    <message>
        <source>It could not be asked</source>
        <translation>تعذر سؤاله</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>لا جواب</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>قيد الانتظار</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::TrafficViewModel</name>
    <message>
        <source>5 min</source>
        <translation>5 د</translation>
    </message>
    <message>
        <source>1 h</source>
        <translation>1 س</translation>
    </message>
    <message>
        <source>24 h</source>
        <translation>24 س</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>المستلَم</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>المرسَل</translation>
    </message>
    <message>
        <source>Reading the traffic…</source>
        <translation>تجري قراءة حركة البيانات…</translation>
    </message>
    <message>
        <source>The background service is not answering.</source>
        <translation>خدمة الخلفية لا تجيب.</translation>
    </message>
    <message>
        <source>No traffic yet</source>
        <translation>لا حركة بيانات بعد</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>غير متصل</translation>
    </message>
    <message>
        <source>%1 received and %2 sent in this time.</source>
        <translation>استُلم ⁨%1⁩ وأُرسل ⁨%2⁩ في هذه المدة.</translation>
    </message>
    <message>
        <source>%1 The background service is not answering: this is what was last known.</source>
        <translation>⁨%1⁩ خدمة الخلفية لا تجيب: هذا آخر ما عُرف.</translation>
    </message>
    <message>
        <source>%1 Not connected: this is what was last known.</source>
        <translation>⁨%1⁩ غير متصل: هذا آخر ما عُرف.</translation>
    </message>
</context>
<context>
    <name>weft::viewmodels::WaitingChange</name>
    <message>
        <source>The time is over: the mesh takes these changes back by itself</source>
        <translation>انتهى الوقت: تتراجع الشبكة عن هذه التغييرات تلقائيًا</translation>
    </message>
    <message>
        <source>The time is over: these changes are being taken back</source>
        <translation>انتهى الوقت: يجري التراجع عن هذه التغييرات</translation>
    </message>
    <message>
        <source>Keep these changes? They are taken back in %1</source>
        <translation>هل تُبقي على هذه التغييرات؟ يتم التراجع عنها بعد ⁨%1⁩</translation>
    </message>
    <message>
        <source>The background service does not answer, so they cannot be kept from here now. This counts on by the time that was told last.</source>
        <translation>خدمة الخلفية لا تجيب، فلا يمكن الإبقاء عليها من هنا الآن. ويستمر هذا العد بحسب آخر وقت أُعلن.</translation>
    </message>
    <message>
        <source>The background service does not answer.</source>
        <translation>خدمة الخلفية لا تجيب.</translation>
    </message>
    <message>
        <source>This node is not in the mesh.</source>
        <translation>هذه العقدة ليست في الشبكة.</translation>
    </message>
    <message>
        <source>The changes are kept</source>
        <translation>أُبقي على التغييرات</translation>
    </message>
    <message>
        <source>The changes were taken back</source>
        <translation>تم التراجع عن التغييرات</translation>
    </message>
    <message>
        <source>The changes could not be kept</source>
        <translation>تعذر الإبقاء على التغييرات</translation>
    </message>
    <message>
        <source>The changes could not be taken back</source>
        <translation>تعذر التراجع عن التغييرات</translation>
    </message>
    <message>
        <source>The changes are taken back</source>
        <translation>تم التراجع عن التغييرات كلها</translation>
    </message>
</context>
</TS>
