BEGIN TRANSACTION;
CREATE TABLE about (
	name VARCHAR(50) NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY (name)
);
INSERT INTO "about" VALUES('schema','3');
CREATE TABLE bands (
	"row" INTEGER NOT NULL, 
	band VARCHAR(20) NOT NULL, 
	document VARCHAR(500) NOT NULL, 
	PRIMARY KEY ("row")
);
INSERT INTO "bands" VALUES(1,'0:163deb35a484ae9a','20/2023/QH15');
INSERT INTO "bands" VALUES(2,'1:ca65eb6485f950d0','20/2023/QH15');
INSERT INTO "bands" VALUES(3,'2:796e69b96c54dcff','20/2023/QH15');
INSERT INTO "bands" VALUES(4,'3:1c7b1a2d998c7e7a','20/2023/QH15');
INSERT INTO "bands" VALUES(5,'4:f998ea039e81c92e','20/2023/QH15');
INSERT INTO "bands" VALUES(6,'5:99061ccef6655532','20/2023/QH15');
INSERT INTO "bands" VALUES(7,'6:5ce163ff822b2ce3','20/2023/QH15');
INSERT INTO "bands" VALUES(8,'7:15e3cd940585c003','20/2023/QH15');
INSERT INTO "bands" VALUES(9,'0:eb2b7422d026258c','51/2005/QH11');
INSERT INTO "bands" VALUES(10,'1:0e86cc53577362c0','51/2005/QH11');
INSERT INTO "bands" VALUES(11,'2:7de6f6d09a6eec98','51/2005/QH11');
INSERT INTO "bands" VALUES(12,'3:5a14c27368113ffb','51/2005/QH11');
INSERT INTO "bands" VALUES(13,'4:3e0a4a3956d732d3','51/2005/QH11');
INSERT INTO "bands" VALUES(14,'5:0b46b762906f9d90','51/2005/QH11');
INSERT INTO "bands" VALUES(15,'6:1389655c15afb583','51/2005/QH11');
INSERT INTO "bands" VALUES(16,'7:af7ad27ef200e41a','51/2005/QH11');
INSERT INTO "bands" VALUES(17,'0:a47e888bec42edf0','52-NQ/TW');
INSERT INTO "bands" VALUES(18,'1:0073b457a04828b4','52-NQ/TW');
INSERT INTO "bands" VALUES(19,'2:f77dd7a5ea5909ba','52-NQ/TW');
INSERT INTO "bands" VALUES(20,'3:036220df4e8299b9','52-NQ/TW');
INSERT INTO "bands" VALUES(21,'4:72f02bce5a66bb1b','52-NQ/TW');
INSERT INTO "bands" VALUES(22,'5:f8bc76bdae3a7767','52-NQ/TW');
INSERT INTO "bands" VALUES(23,'6:f9e8715db2b4a244','52-NQ/TW');
INSERT INTO "bands" VALUES(24,'7:a75d67026e49ca57','52-NQ/TW');
INSERT INTO "bands" VALUES(25,'0:6e4d3d78e6cff1af','749/QĐ-TTg');
INSERT INTO "bands" VALUES(26,'1:54ab3bf8a6601fa9','749/QĐ-TTg');
INSERT INTO "bands" VALUES(27,'2:2a01ec3592d45054','749/QĐ-TTg');
INSERT INTO "bands" VALUES(28,'3:225d126321366b54','749/QĐ-TTg');
INSERT INTO "bands" VALUES(29,'4:f3dbb546d52af8fe','749/QĐ-TTg');
INSERT INTO "bands" VALUES(30,'5:778efdb6dc5efdd8','749/QĐ-TTg');
INSERT INTO "bands" VALUES(31,'6:22a0c436754e2076','749/QĐ-TTg');
INSERT INTO "bands" VALUES(32,'7:f325006b27b4d94c','749/QĐ-TTg');
CREATE TABLE documents (
	id VARCHAR(500) NOT NULL, 
	number VARCHAR(500) NOT NULL, 
	source TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	kind VARCHAR(200) NOT NULL, 
	issuers TEXT NOT NULL, 
	text_kind VARCHAR(20) NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	said VARCHAR(64) NOT NULL, 
	sketch BLOB NOT NULL, 
	provisions INTEGER NOT NULL, 
	head TEXT NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "documents" VALUES('20/2023/QH15','20/2023/QH15','library',0,'law','quoc hoi
national assembly','digest','ec733104e5d230569ad67cc9068d287e9997cf4eefff71897f799f3e3ad373cc','25e0ffb640d47405fb42386ef10d89631da353a37cada9633056135d901f4907',X'B10F7F01D66DB1006FD81701B7AD71002CFEC500B2C64301CA6C63008F5DA000DED5C8002B0A2E01C664F701782889006218FB02DD42C9003720D200F6533E00975ECE02AEAA2F00F557D100260D5A00C153010014221600927686010998C40189DF6F00A2CC7F0070462D020FCD0A01E7C67600287035012C022A00E58578001EE89800D6897A021F7AC5017F6F41002D132000D699BF00CC38D5028C4E7100208B690017DB5D02B742BA00EA1231004E5C8C004EBCD100BDB72C00548D9500829FB401D6C3230261EB9B00D2DA9C00DAB83A00574FAC00AB271200A85C480092C8B1005A96A801EA4AC300422860002D77050078382E0180C6BE0000782901',3,'{"number": "20/2023/QH15", "title": {"vi": "Luật Giao dịch điện tử", "en": "Law on E-Transactions"}, "issuer": {"vi": "Quốc hội", "en": "National Assembly"}, "kind": "law", "issued": "2023-06-22", "status": "in_force", "status_note": {"vi": "Luật có hiệu lực từ 01/7/2024.", "en": "The Law has been in force since 1 July 2024."}, "effective_from": "2024-07-01", "effective_to": null, "relations": [{"type": "replaces", "target": "51/2005/QH11", "since": "2024-07-01", "note": {"vi": "", "en": ""}}], "aliases": ["Luật GDĐT", "Luật Giao dịch điện tử 2023", "E-Transactions Law 2023"], "urls": [], "text_kind": "digest", "sha256": "02d9e1bb2608bcda62624da4e7731d334ecd5b4fcb727b27c54f66a8f79ef1f0"}');
INSERT INTO "documents" VALUES('51/2005/QH11','51/2005/QH11','library',1,'law','quoc hoi
national assembly','card','b755e65bb7d4131928fe5ecdbf6d8b13eadd766bfe24f0a9550db546ea99ce06','796061eec11c2a27547fcfb9e27064a282b1e07e1837fd1be17d2ead8cabdafe',X'52B9E30382485A005A4ABE01B7AD71003FFF89011F38AE001C6F6008B7817C01633B0D0012EC5C00A88C87006A082B027DA13B0134F0B404DCD59D00324E9B0052B04A04291D620001A546021C3C0E0256D6DD008007F20096DF2704A7CC55002A817102A2CC7F00B6436400120B7200053B4802ECD254019F4509002B723C01DEA73102AFD0170061FBF001C41D420058758E0235F09B021268870201553C01375F8401B33D11021F3609018F0916006DF24001800E1E00BE403401E7162800B9AD200037EB6D01E38E3902D2DA9C002474A6000F4969011DFE720101692404712925066E4C0B00D685F3009098170229D3DE00B3778F01A4BAB50123E06101',1,'{"number": "51/2005/QH11", "title": {"vi": "Luật Giao dịch điện tử 2005", "en": "Law on E-Transactions 2005"}, "issuer": {"vi": "Quốc hội", "en": "National Assembly"}, "kind": "law", "issued": "2005", "status": "replaced", "status_note": {"vi": "Hết hiệu lực từ 01/7/2024.", "en": "No longer in force from 1 July 2024."}, "effective_from": null, "effective_to": "2024-06-30", "relations": [{"type": "replaced_by", "target": "20/2023/QH15", "since": "2024-07-01", "note": {"vi": "", "en": ""}}], "aliases": ["Luật GDĐT 2005", "E-Transactions Law 2005"], "urls": [], "text_kind": "card", "sha256": "7b78167a722165138537cfee9acab71c65f54d550ec0c2c2ac52281277dfdcbf"}');
INSERT INTO "documents" VALUES('52-NQ/TW','52-NQ/TW','library',2,'resolution','bo chinh tri
politburo','digest','6a91ae3f09de3af164a0dcb0657c6f8580edf1afbebc5d8c1ad04d7debdf273d','79409a86a7742cb70590137e23b3435a9a70761e58e45f430b3c6bb483cfc1e4',X'186A0902A6CA1F000A6872006109D80084BB71006BD67200698D6D004CFC6C000C351600DFA7170132003A0014213B02B68CC200A97126000412D600CFFD9B00852A2F00E4D0930101E3200117335400470D120032931F002DEE4200C8311E00795E8100943316000801330026034D0129969F0012AD690113D53100A45128000DFF190048AC57005E0136009910BA0069FF4B00FF764500120F4D019E560700594A690037373A00A5073D0071BE95006BD12600467C23006E363000DA06330077F8300169C74500DE684E0185A53A00B4296500A4F203004DCB9801AE4D41009003C40024891D015E136200333914004EDD7F0067600200D12404006E45B400',4,'{"number": "52-NQ/TW", "title": {"vi": "Nghị quyết về một số chủ trương, chính sách chủ động tham gia cuộc Cách mạng công nghiệp lần thứ tư", "en": "Resolution on guidelines and policies for proactive participation in the Fourth Industrial Revolution"}, "issuer": {"vi": "Bộ Chính trị", "en": "Politburo"}, "kind": "resolution", "issued": "2019-09-27", "status": "in_force", "status_note": {"vi": "Chưa thấy nguồn nào nói Nghị quyết bị thay thế.", "en": "No source seen says that it was replaced."}, "effective_from": null, "effective_to": null, "relations": [{"type": "implemented_by", "target": "50/NQ-CP (2020)", "since": "2020-04-17", "note": {"vi": "", "en": ""}}, {"type": "basis_of", "target": "749/QĐ-TTg", "since": "2020-06-03", "note": {"vi": "căn cứ của Quyết định", "en": "the Decision''s basis"}}], "aliases": ["NQ 52", "Nghị quyết về Cách mạng công nghiệp lần thứ tư", "Politburo Resolution 52"], "urls": [], "text_kind": "digest", "sha256": "b592bca13cbf276d8d9cca61db4ec081893128e1249524fb59fc44f91850de9c"}');
INSERT INTO "documents" VALUES('749/QĐ-TTg','749/QĐ-TTg','library',3,'decision','thu tuong chinh phu
prime minister','digest','d3a763275eab62cd537010f5d4aa3171f6c6d5949cbe89ed88116da1e72ff045','03c8ad86ef183b877dcbb86fbae612f8aeb17393c29a4b1f7995c1d9fb2103d3',X'97F4F8006F10A8006AF5350062493F00E13D71018EB91800F5521900960D1D00D2D246001BAB0A00861A24017FAF4A0140C0E4006C4AF0003BA5360005825800B9DE75028BE03E0016C68500C77E2C009963A500E47347001DC54C00158ECE006F581602E81330005CB0FA0017FF1500439ECC01FC6960000C786600872F5D0055BD4600D5A8470039F8030012C36C0218E22B01DC8C0D001DFC0F0003AAC8006C7BC301DEB7BD0005E33B0055104D017E16A801D23F7100A5378F02EAC885008909B0009DDDB300A5D18F0073C49701D05A2A011F7D5B002F254501EEF02C0128C12E006EBEAE00C2A24A0051EAB40033D32D0266F5A100EE7B06011C134E00',3,'{"number": "749/QĐ-TTg", "title": {"vi": "Quyết định phê duyệt Chương trình Chuyển đổi số quốc gia đến năm 2025, định hướng đến năm 2030", "en": "Decision approving the National Digital Transformation Programme to 2025, orientation to 2030"}, "issuer": {"vi": "Thủ tướng Chính phủ", "en": "Prime Minister"}, "kind": "decision", "issued": "2020-06-03", "status": "in_force", "status_note": {"vi": "Các mục tiêu đến năm 2025 đã kết thúc giai đoạn.", "en": "The targets to 2025 have run their period."}, "effective_from": "2020-06-03", "effective_to": null, "relations": [{"type": "based_on", "target": "52-NQ/TW", "since": "2020-06-03", "note": {"vi": "căn cứ của Quyết định", "en": "the Decision''s basis"}}], "aliases": ["Chương trình Chuyển đổi số quốc gia", "National Digital Transformation Programme"], "urls": ["https://vanban.chinhphu.vn/?pageid=27160&docid=200163"], "text_kind": "digest", "sha256": "5eba070b4b7c499e9a9d0fe777edeacfc9bc2ec9e094cbfb830b7aaade650a9f"}');
CREATE TABLE names (
	"row" INTEGER NOT NULL, 
	norm TEXT NOT NULL, 
	document VARCHAR(500) NOT NULL, 
	number VARCHAR(500) NOT NULL, 
	act TEXT NOT NULL, 
	PRIMARY KEY ("row")
);
INSERT INTO "names" VALUES(1,'20/2023/qh/15','20/2023/QH15','20/2023/QH15','20/2023/qh/15');
INSERT INTO "names" VALUES(2,'luat/giao/dich/dien/tu/2023','20/2023/QH15','20/2023/QH15','20/2023/qh/15');
INSERT INTO "names" VALUES(3,'e/transactions/law/2023','20/2023/QH15','20/2023/QH15','20/2023/qh/15');
INSERT INTO "names" VALUES(4,'luat/giao/dich/dien/tu','20/2023/QH15','20/2023/QH15','20/2023/qh/15');
INSERT INTO "names" VALUES(5,'law/on/e/transactions','20/2023/QH15','20/2023/QH15','20/2023/qh/15');
INSERT INTO "names" VALUES(6,'51/2005/qh/11','51/2005/QH11','51/2005/QH11','51/2005/qh/11');
INSERT INTO "names" VALUES(7,'luat/gddt/2005','51/2005/QH11','51/2005/QH11','51/2005/qh/11');
INSERT INTO "names" VALUES(8,'e/transactions/law/2005','51/2005/QH11','51/2005/QH11','51/2005/qh/11');
INSERT INTO "names" VALUES(9,'luat/giao/dich/dien/tu/2005','51/2005/QH11','51/2005/QH11','51/2005/qh/11');
INSERT INTO "names" VALUES(10,'law/on/e/transactions/2005','51/2005/QH11','51/2005/QH11','51/2005/qh/11');
INSERT INTO "names" VALUES(11,'52/nq/tw','52-NQ/TW','52-NQ/TW','52/nq/tw');
INSERT INTO "names" VALUES(12,'nghi/quyet/ve/cach/mang/cong/nghiep/lan/thu/tu','52-NQ/TW','52-NQ/TW','52/nq/tw');
INSERT INTO "names" VALUES(13,'politburo/resolution/52','52-NQ/TW','52-NQ/TW','52/nq/tw');
INSERT INTO "names" VALUES(14,'nghi/quyet/ve/mot/so/chu/truong/chinh/sach/chu/dong/tham/gia/cuoc/cach/mang/cong/nghiep/lan/thu/tu','52-NQ/TW','52-NQ/TW','52/nq/tw');
INSERT INTO "names" VALUES(15,'resolution/on/guidelines/and/policies/for/proactive/participation/in/the/fourth/industrial/revolution','52-NQ/TW','52-NQ/TW','52/nq/tw');
INSERT INTO "names" VALUES(16,'749/qd/ttg','749/QĐ-TTg','749/QĐ-TTg','749/qd/ttg');
INSERT INTO "names" VALUES(17,'chuong/trinh/chuyen/doi/so/quoc/gia','749/QĐ-TTg','749/QĐ-TTg','749/qd/ttg');
INSERT INTO "names" VALUES(18,'national/digital/transformation/programme','749/QĐ-TTg','749/QĐ-TTg','749/qd/ttg');
INSERT INTO "names" VALUES(19,'quyet/dinh/phe/duyet/chuong/trinh/chuyen/doi/so/quoc/gia/den/nam/2025/dinh/huong/den/nam/2030','749/QĐ-TTg','749/QĐ-TTg','749/qd/ttg');
INSERT INTO "names" VALUES(20,'decision/approving/the/national/digital/transformation/programme/to/2025/orientation/to/2030','749/QĐ-TTg','749/QĐ-TTg','749/qd/ttg');
CREATE TABLE passages (
	"row" INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	document VARCHAR(500) NOT NULL, 
	number VARCHAR(500) NOT NULL, 
	locator TEXT NOT NULL, 
	part INTEGER NOT NULL, 
	language VARCHAR(2) NOT NULL, 
	serves VARCHAR(3) NOT NULL, 
	role VARCHAR(20) NOT NULL, 
	breadcrumb TEXT NOT NULL, 
	heading TEXT NOT NULL, 
	text TEXT NOT NULL, 
	start INTEGER NOT NULL, 
	"end" INTEGER NOT NULL, 
	PRIMARY KEY ("row"), 
	UNIQUE ("key")
);
INSERT INTO "passages" VALUES(1,'20/2023/QH15#Thuộc tính/1@vi~49ad5e350c210497','20/2023/QH15','20/2023/QH15','Thuộc tính',1,'vi','vi','provision','20/2023/QH15 · Luật Giao dịch điện tử · Thuộc tính','Ngày ban hành và hiệu lực','Luật Giao dịch điện tử số 20/2023/QH15 ngày 22/6/2023 có hiệu lực từ 01/7/2024, thay Luật số 51/2005/QH11.',0,106);
INSERT INTO "passages" VALUES(2,'20/2023/QH15#Thuộc tính/1@en~78e38722267384f4','20/2023/QH15','20/2023/QH15','Thuộc tính',1,'en','en','provision','20/2023/QH15 · Law on E-Transactions · Thuộc tính','Dates of issue and effect','The Law on E-Transactions 20/2023/QH15 of 22 June 2023 is effective from 1 July 2024 and replaces Law 51/2005/QH11.',0,115);
INSERT INTO "passages" VALUES(3,'20/2023/QH15#Điều 4, khoản 2/1@vi~e3234f8831185142','20/2023/QH15','20/2023/QH15','Điều 4, khoản 2',1,'vi','vi','provision','20/2023/QH15 · Luật Giao dịch điện tử · Điều 4, khoản 2','Tự nguyện và tự thỏa thuận','Các bên được tự nguyện chọn giao dịch điện tử, tự thỏa thuận công nghệ, phương tiện và loại chữ ký điện tử, trừ khi luật quy định khác.',0,135);
INSERT INTO "passages" VALUES(4,'20/2023/QH15#Điều 4, khoản 2/1@en~7e53565d0e15ca17','20/2023/QH15','20/2023/QH15','Điều 4, khoản 2',1,'en','en','provision','20/2023/QH15 · Law on E-Transactions · Điều 4, khoản 2','Free choice and agreement','The parties choose electronic transactions freely and agree on the technology, the means and the kind of electronic signature, unless a law provides otherwise.',0,159);
INSERT INTO "passages" VALUES(5,'20/2023/QH15#Điều 9, khoản 1/1@vi~4125be191339c443','20/2023/QH15','20/2023/QH15','Điều 9, khoản 1',1,'vi','vi','provision','20/2023/QH15 · Luật Giao dịch điện tử · Điều 9, khoản 1','Thông điệp dữ liệu có giá trị như văn bản','Thông điệp dữ liệu có giá trị như văn bản nếu thông tin trong đó truy cập và sử dụng được để tham chiếu.',0,104);
INSERT INTO "passages" VALUES(6,'20/2023/QH15#Điều 9, khoản 1/1@en~afdde761daccefb0','20/2023/QH15','20/2023/QH15','Điều 9, khoản 1',1,'en','en','provision','20/2023/QH15 · Law on E-Transactions · Điều 9, khoản 1','A data message has the value of writing','A data message has the value of writing if the information in it can be accessed and used for reference.',0,104);
INSERT INTO "passages" VALUES(7,'51/2005/QH11#Thẻ văn bản/1@vi~4f5efe5c697bc825','51/2005/QH11','51/2005/QH11','Thẻ văn bản',1,'vi','vi','note','51/2005/QH11 · Luật Giao dịch điện tử 2005 · Thẻ văn bản','Thẻ văn bản','Luật Giao dịch điện tử số 51/2005/QH11 do Quốc hội ban hành năm 2005, được thay thế bởi Luật số 20/2023/QH15 và hết hiệu lực từ 01/7/2024.',0,138);
INSERT INTO "passages" VALUES(8,'51/2005/QH11#Thẻ văn bản/1@en~48e4f7e90b6b889f','51/2005/QH11','51/2005/QH11','Thẻ văn bản',1,'en','en','note','51/2005/QH11 · Law on E-Transactions 2005 · Thẻ văn bản','Card of the document','The Law on E-Transactions 51/2005/QH11, issued by the National Assembly in 2005, is replaced by Law 20/2023/QH15 and ceased to have effect on 1 July 2024.',0,154);
INSERT INTO "passages" VALUES(9,'52-NQ/TW#Thuộc tính/1@vi~a2321f08920f1be7','52-NQ/TW','52-NQ/TW','Thuộc tính',1,'vi','vi','provision','52-NQ/TW · Nghị quyết về một số chủ trương, chính sách chủ động tham gia cuộc Cách mạng công nghiệp lần thứ tư · Thuộc tính','Thuộc tính của Nghị quyết','Nghị quyết 52-NQ/TW do Bộ Chính trị ban hành ngày 27/9/2019, Tổng Bí thư Nguyễn Phú Trọng ký.',0,93);
INSERT INTO "passages" VALUES(10,'52-NQ/TW#Thuộc tính/1@en~bf16c7d7f004588b','52-NQ/TW','52-NQ/TW','Thuộc tính',1,'en','en','provision','52-NQ/TW · Resolution on guidelines and policies for proactive participation in the Fourth Industrial Revolution · Thuộc tính','Attributes of the Resolution','Resolution 52-NQ/TW was issued by the Politburo on 27 September 2019 and signed by General Secretary Nguyen Phu Trong.',0,118);
INSERT INTO "passages" VALUES(11,'52-NQ/TW#III (mục tiêu 2025)/1@vi~e1c6118fad4e6b2d','52-NQ/TW','52-NQ/TW','III (mục tiêu 2025)',1,'vi','vi','provision','52-NQ/TW · Nghị quyết về một số chủ trương, chính sách chủ động tham gia cuộc Cách mạng công nghiệp lần thứ tư · III (mục tiêu 2025)','Mục tiêu đến năm 2025','Đến năm 2025, Nghị quyết đặt mục tiêu: (1) kinh tế số chiếm khoảng 20% GDP; (2) năng suất lao động tăng bình quân trên 7% một năm; và (3) Internet băng thông rộng phủ 100% các xã.',0,179);
INSERT INTO "passages" VALUES(12,'52-NQ/TW#III (mục tiêu 2025)/1@en~e6879a3732d66fc9','52-NQ/TW','52-NQ/TW','III (mục tiêu 2025)',1,'en','en','provision','52-NQ/TW · Resolution on guidelines and policies for proactive participation in the Fourth Industrial Revolution · III (mục tiêu 2025)','Targets to 2025','By 2025 the Resolution sets these targets: (1) the digital economy makes up about 20% of GDP; (2) labour productivity grows by more than 7% a year on average; and (3) broadband Internet reaches 100% of communes.',0,211);
INSERT INTO "passages" VALUES(13,'52-NQ/TW#III (mục tiêu 2030)/1@vi~df364347304bd07f','52-NQ/TW','52-NQ/TW','III (mục tiêu 2030)',1,'vi','vi','provision','52-NQ/TW · Nghị quyết về một số chủ trương, chính sách chủ động tham gia cuộc Cách mạng công nghiệp lần thứ tư · III (mục tiêu 2030)','Mục tiêu đến năm 2030','Đến năm 2030, kinh tế số chiếm trên 30% GDP; năng suất lao động tăng bình quân khoảng 7,5% một năm.

Mạng di động 5G phủ sóng toàn quốc và mọi người dân được truy cập Internet băng thông rộng với chi phí thấp. Việt Nam thuộc nhóm 40 nước dẫn đầu về Chỉ số đổi mới sáng tạo toàn cầu.',0,282);
INSERT INTO "passages" VALUES(14,'52-NQ/TW#III (mục tiêu 2030)/1@en~55602c836c198372','52-NQ/TW','52-NQ/TW','III (mục tiêu 2030)',1,'en','en','provision','52-NQ/TW · Resolution on guidelines and policies for proactive participation in the Fourth Industrial Revolution · III (mục tiêu 2030)','Targets to 2030','By 2030 the digital economy makes up more than 30% of GDP; labour productivity grows by about 7.5% a year on average.

The 5G mobile network covers the whole country and everybody has low-cost access to broadband Internet. Viet Nam is among the top 40 countries of the Global Innovation Index.',0,293);
INSERT INTO "passages" VALUES(15,'52-NQ/TW#Ghi chú (mốc 2025)/1@vi~b874ca20abfd909d','52-NQ/TW','52-NQ/TW','Ghi chú (mốc 2025)',1,'vi','vi','note','52-NQ/TW · Nghị quyết về một số chủ trương, chính sách chủ động tham gia cuộc Cách mạng công nghiệp lần thứ tư · Ghi chú (mốc 2025)','Ghi chú về mốc 2025','Mốc 2025 của Nghị quyết đã qua; bản tóm tắt này không đánh giá kết quả thực hiện.',0,81);
INSERT INTO "passages" VALUES(16,'52-NQ/TW#Ghi chú (mốc 2025)/1@en~deda2a1587483a74','52-NQ/TW','52-NQ/TW','Ghi chú (mốc 2025)',1,'en','en','note','52-NQ/TW · Resolution on guidelines and policies for proactive participation in the Fourth Industrial Revolution · Ghi chú (mốc 2025)','Note on the 2025 milestone','The Resolution''s 2025 milestone has passed; this digest does not assess the results.',0,84);
INSERT INTO "passages" VALUES(17,'749/QĐ-TTg#Thuộc tính/1@vi~c5cbf0f00bd38c04','749/QĐ-TTg','749/QĐ-TTg','Thuộc tính',1,'vi','vi','provision','749/QĐ-TTg · Quyết định phê duyệt Chương trình Chuyển đổi số quốc gia đến năm 2025, định hướng đến năm 2030 · Thuộc tính','Thuộc tính của Quyết định 749/QĐ-TTg','Quyết định 749/QĐ-TTg ngày 03/6/2020 của Thủ tướng Chính phủ phê duyệt Chương trình Chuyển đổi số quốc gia và có hiệu lực từ ngày ký.',0,133);
INSERT INTO "passages" VALUES(18,'749/QĐ-TTg#Thuộc tính/1@en~b541495595e3d424','749/QĐ-TTg','749/QĐ-TTg','Thuộc tính',1,'en','en','provision','749/QĐ-TTg · Decision approving the National Digital Transformation Programme to 2025, orientation to 2030 · Thuộc tính','Attributes of Decision 749/QD-TTg','Decision 749/QD-TTg of 3 June 2020 of the Prime Minister approves the National Digital Transformation Programme and took effect on the date of signing.',0,151);
INSERT INTO "passages" VALUES(19,'749/QĐ-TTg#Điều 1, II (mục tiêu kép)/1@vi~978aea38beaeaf68','749/QĐ-TTg','749/QĐ-TTg','Điều 1, II (mục tiêu kép)',1,'vi','vi','provision','749/QĐ-TTg · Quyết định phê duyệt Chương trình Chuyển đổi số quốc gia đến năm 2025, định hướng đến năm 2030 · Điều 1, II (mục tiêu kép)','Mục tiêu kép của Chương trình','Mục tiêu kép của Chương trình là phát triển Chính phủ số, kinh tế số, xã hội số và hình thành các doanh nghiệp công nghệ số Việt Nam đủ sức đi ra toàn cầu.',0,155);
INSERT INTO "passages" VALUES(20,'749/QĐ-TTg#Điều 1, II (mục tiêu kép)/1@en~7309c1b8094f4ad6','749/QĐ-TTg','749/QĐ-TTg','Điều 1, II (mục tiêu kép)',1,'en','en','provision','749/QĐ-TTg · Decision approving the National Digital Transformation Programme to 2025, orientation to 2030 · Điều 1, II (mục tiêu kép)','The Programme''s dual goal','The Programme''s dual goal is to develop digital government, the digital economy and the digital society, and to form Vietnamese digital technology firms able to go global.',0,171);
INSERT INTO "passages" VALUES(21,'749/QĐ-TTg#Điều 1, II.1.a (2025)/1@vi~f4eadf2de48f1637','749/QĐ-TTg','749/QĐ-TTg','Điều 1, II.1.a (2025)',1,'vi','vi','provision','749/QĐ-TTg · Quyết định phê duyệt Chương trình Chuyển đổi số quốc gia đến năm 2025, định hướng đến năm 2030 · Điều 1, II.1.a (2025)','Phát triển Chính phủ số đến năm 2025','Đến năm 2025, 80% dịch vụ công trực tuyến ở mức độ 4 được cung cấp trên nhiều phương tiện, kể cả thiết bị di động. Việt Nam thuộc nhóm 70 nước dẫn đầu về chính phủ điện tử.',0,172);
INSERT INTO "passages" VALUES(22,'749/QĐ-TTg#Điều 1, II.1.a (2025)/1@en~5ec0ed30a893f66c','749/QĐ-TTg','749/QĐ-TTg','Điều 1, II.1.a (2025)',1,'en','en','provision','749/QĐ-TTg · Decision approving the National Digital Transformation Programme to 2025, orientation to 2030 · Điều 1, II.1.a (2025)','Digital government by 2025','By 2025, 80% of online public services at level 4 are offered on several devices, mobile ones included. Viet Nam is among the top 70 countries in e-government.',0,159);
CREATE TABLE provisions (
	document VARCHAR(500) NOT NULL, 
	place INTEGER NOT NULL, 
	locator TEXT NOT NULL, 
	body TEXT NOT NULL, 
	PRIMARY KEY (document, place)
);
INSERT INTO "provisions" VALUES('20/2023/QH15',0,'thuộc tính','{"locator": "Thuộc tính", "heading": {"vi": "Ngày ban hành và hiệu lực", "en": "Dates of issue and effect"}, "text": {"vi": "Luật Giao dịch điện tử số 20/2023/QH15 ngày 22/6/2023 có hiệu lực từ 01/7/2024, thay Luật số 51/2005/QH11.", "en": "The Law on E-Transactions 20/2023/QH15 of 22 June 2023 is effective from 1 July 2024 and replaces Law 51/2005/QH11."}, "role": "provision", "facts": ["T-LGDDT-1"], "confidence": "text", "span": [549, 933], "page": null}');
INSERT INTO "provisions" VALUES('20/2023/QH15',1,'điều 4, khoản 2','{"locator": "Điều 4, khoản 2", "heading": {"vi": "Tự nguyện và tự thỏa thuận", "en": "Free choice and agreement"}, "text": {"vi": "Các bên được tự nguyện chọn giao dịch điện tử, tự thỏa thuận công nghệ, phương tiện và loại chữ ký điện tử, trừ khi luật quy định khác.", "en": "The parties choose electronic transactions freely and agree on the technology, the means and the kind of electronic signature, unless a law provides otherwise."}, "role": "provision", "facts": ["T-LGDDT-2"], "confidence": "text", "span": [951, 1409], "page": null}');
INSERT INTO "provisions" VALUES('20/2023/QH15',2,'điều 9, khoản 1','{"locator": "Điều 9, khoản 1", "heading": {"vi": "Thông điệp dữ liệu có giá trị như văn bản", "en": "A data message has the value of writing"}, "text": {"vi": "Thông điệp dữ liệu có giá trị như văn bản nếu thông tin trong đó truy cập và sử dụng được để tham chiếu.", "en": "A data message has the value of writing if the information in it can be accessed and used for reference."}, "role": "provision", "facts": ["T-LGDDT-3"], "confidence": "text", "span": [1427, 1827], "page": null}');
INSERT INTO "provisions" VALUES('51/2005/QH11',0,'thẻ văn bản','{"locator": "Thẻ văn bản", "heading": {"vi": "Thẻ văn bản", "en": "Card of the document"}, "text": {"vi": "Luật Giao dịch điện tử số 51/2005/QH11 do Quốc hội ban hành năm 2005, được thay thế bởi Luật số 20/2023/QH15 và hết hiệu lực từ 01/7/2024.", "en": "The Law on E-Transactions 51/2005/QH11, issued by the National Assembly in 2005, is replaced by Law 20/2023/QH15 and ceased to have effect on 1 July 2024."}, "role": "note", "facts": [], "confidence": "one_source", "span": [452, 879], "page": null}');
INSERT INTO "provisions" VALUES('52-NQ/TW',0,'thuộc tính','{"locator": "Thuộc tính", "heading": {"vi": "Thuộc tính của Nghị quyết", "en": "Attributes of the Resolution"}, "text": {"vi": "Nghị quyết 52-NQ/TW do Bộ Chính trị ban hành ngày 27/9/2019, Tổng Bí thư Nguyễn Phú Trọng ký.", "en": "Resolution 52-NQ/TW was issued by the Politburo on 27 September 2019 and signed by General Secretary Nguyen Phu Trong."}, "role": "provision", "facts": ["T-NQ52-1"], "confidence": "text", "span": [664, 1040], "page": null}');
INSERT INTO "provisions" VALUES('52-NQ/TW',1,'iii (mục tiêu 2025)','{"locator": "III (mục tiêu 2025)", "heading": {"vi": "Mục tiêu đến năm 2025", "en": "Targets to 2025"}, "text": {"vi": "Đến năm 2025, Nghị quyết đặt mục tiêu: (1) kinh tế số chiếm khoảng 20% GDP; (2) năng suất lao động tăng bình quân trên 7% một năm; và (3) Internet băng thông rộng phủ 100% các xã.", "en": "By 2025 the Resolution sets these targets: (1) the digital economy makes up about 20% of GDP; (2) labour productivity grows by more than 7% a year on average; and (3) broadband Internet reaches 100% of communes."}, "role": "provision", "facts": ["T-NQ52-2"], "confidence": "text", "span": [1062, 1600], "page": null}');
INSERT INTO "provisions" VALUES('52-NQ/TW',2,'iii (mục tiêu 2030)','{"locator": "III (mục tiêu 2030)", "heading": {"vi": "Mục tiêu đến năm 2030", "en": "Targets to 2030"}, "text": {"vi": "Đến năm 2030, kinh tế số chiếm trên 30% GDP; năng suất lao động tăng bình quân khoảng 7,5% một năm.\n\nMạng di động 5G phủ sóng toàn quốc và mọi người dân được truy cập Internet băng thông rộng với chi phí thấp. Việt Nam thuộc nhóm 40 nước dẫn đầu về Chỉ số đổi mới sáng tạo toàn cầu.", "en": "By 2030 the digital economy makes up more than 30% of GDP; labour productivity grows by about 7.5% a year on average.\n\nThe 5G mobile network covers the whole country and everybody has low-cost access to broadband Internet. Viet Nam is among the top 40 countries of the Global Innovation Index."}, "role": "provision", "facts": ["T-NQ52-3", "T-NQ52-4"], "confidence": "text", "span": [1622, 2355], "page": null}');
INSERT INTO "provisions" VALUES('52-NQ/TW',3,'ghi chú (mốc 2025)','{"locator": "Ghi chú (mốc 2025)", "heading": {"vi": "Ghi chú về mốc 2025", "en": "Note on the 2025 milestone"}, "text": {"vi": "Mốc 2025 của Nghị quyết đã qua; bản tóm tắt này không đánh giá kết quả thực hiện.", "en": "The Resolution''s 2025 milestone has passed; this digest does not assess the results."}, "role": "note", "facts": [], "confidence": "one_source", "span": [2376, 2690], "page": null}');
INSERT INTO "provisions" VALUES('749/QĐ-TTg',0,'thuộc tính','{"locator": "Thuộc tính", "heading": {"vi": "Thuộc tính của Quyết định 749/QĐ-TTg", "en": "Attributes of Decision 749/QD-TTg"}, "text": {"vi": "Quyết định 749/QĐ-TTg ngày 03/6/2020 của Thủ tướng Chính phủ phê duyệt Chương trình Chuyển đổi số quốc gia và có hiệu lực từ ngày ký.", "en": "Decision 749/QD-TTg of 3 June 2020 of the Prime Minister approves the National Digital Transformation Programme and took effect on the date of signing."}, "role": "provision", "facts": ["T-QD749-1"], "confidence": "text", "span": [764, 1230], "page": null}');
INSERT INTO "provisions" VALUES('749/QĐ-TTg',1,'điều 1, ii (mục tiêu kép)','{"locator": "Điều 1, II (mục tiêu kép)", "heading": {"vi": "Mục tiêu kép của Chương trình", "en": "The Programme''s dual goal"}, "text": {"vi": "Mục tiêu kép của Chương trình là phát triển Chính phủ số, kinh tế số, xã hội số và hình thành các doanh nghiệp công nghệ số Việt Nam đủ sức đi ra toàn cầu.", "en": "The Programme''s dual goal is to develop digital government, the digital economy and the digital society, and to form Vietnamese digital technology firms able to go global."}, "role": "provision", "facts": ["T-QD749-2"], "confidence": "text", "span": [1258, 1751], "page": null}');
INSERT INTO "provisions" VALUES('749/QĐ-TTg',2,'điều 1, ii.1.a (2025)','{"locator": "Điều 1, II.1.a (2025)", "heading": {"vi": "Phát triển Chính phủ số đến năm 2025", "en": "Digital government by 2025"}, "text": {"vi": "Đến năm 2025, 80% dịch vụ công trực tuyến ở mức độ 4 được cung cấp trên nhiều phương tiện, kể cả thiết bị di động. Việt Nam thuộc nhóm 70 nước dẫn đầu về chính phủ điện tử.", "en": "By 2025, 80% of online public services at level 4 are offered on several devices, mobile ones included. Viet Nam is among the top 70 countries in e-government."}, "role": "provision", "facts": ["T-QD749-3"], "confidence": "text", "span": [1775, 2280], "page": null}');
CREATE TABLE relations (
	document VARCHAR(500) NOT NULL, 
	place INTEGER NOT NULL, 
	number VARCHAR(500) NOT NULL, 
	source TEXT NOT NULL, 
	official BOOLEAN NOT NULL, 
	begins VARCHAR(10), 
	type VARCHAR(50) NOT NULL, 
	target TEXT NOT NULL, 
	printed TEXT NOT NULL, 
	since VARCHAR(10), 
	PRIMARY KEY (document, place)
);
INSERT INTO "relations" VALUES('20/2023/QH15',0,'20/2023/QH15','library',0,'2024-07-01','replaces','51/2005/qh/11','51/2005/QH11','2024-07-01');
INSERT INTO "relations" VALUES('51/2005/QH11',0,'51/2005/QH11','library',0,'2005','replaced_by','20/2023/qh/15','20/2023/QH15','2024-07-01');
INSERT INTO "relations" VALUES('51/2005/QH11',1,'51/2005/QH11','library',0,'2005','ends','51/2005/qh/11','51/2005/QH11','2024-06-30');
INSERT INTO "relations" VALUES('52-NQ/TW',0,'52-NQ/TW','library',0,'2019-09-27','implemented_by','50/nq/cp/2020','50/NQ-CP (2020)','2020-04-17');
INSERT INTO "relations" VALUES('52-NQ/TW',1,'52-NQ/TW','library',0,'2019-09-27','basis_of','749/qd/ttg','749/QĐ-TTg','2020-06-03');
INSERT INTO "relations" VALUES('749/QĐ-TTg',0,'749/QĐ-TTg','library',0,'2020-06-03','based_on','52/nq/tw','52-NQ/TW','2020-06-03');
CREATE INDEX ix_documents_source ON documents (source);
CREATE INDEX ix_documents_said ON documents (said);
CREATE INDEX ix_documents_number ON documents (number);
CREATE INDEX provisions_by_locator ON provisions (document, locator);
CREATE INDEX passages_by_place ON passages (document, locator);
CREATE INDEX ix_relations_target ON relations (target);
CREATE INDEX ix_names_norm ON names (norm);
CREATE INDEX ix_names_document ON names (document);
CREATE INDEX ix_bands_document ON bands (document);
CREATE INDEX ix_bands_band ON bands (band);
COMMIT;
